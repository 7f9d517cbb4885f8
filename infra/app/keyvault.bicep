// The secrets that the app reads as Key Vault references.
// An access policy, not a role assignment: it grants `get` on secrets to one identity and nothing else (no list, no metadata), it lives and
// goes with the vault, and whoever deploys needs no right to assign roles on it.
param name string
param location string
param tags object

@description('Who reads the secrets: the app\'s identity.')
param readerPrincipalId string

@description('Reachable by private endpoints only.')
param isPrivate bool

@secure()
@description('The API key of Elasticsearch; empty when there is none.')
param elasticsearchApiKey string

@secure()
@description('The key of pseudonyms.')
param hashKey string

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    tenantId: tenant().tenantId
    sku: {
      family: 'A'
      name: 'standard'
    }
    enableRbacAuthorization: false
    enableSoftDelete: true
    softDeleteRetentionInDays: 7
    accessPolicies: [
      {
        tenantId: tenant().tenantId
        objectId: readerPrincipalId
        permissions: {
          secrets: [
            'get'
          ]
        }
      }
    ]
    publicNetworkAccess: isPrivate ? 'Disabled' : 'Enabled'
    networkAcls: {
      bypass: 'AzureServices'
      defaultAction: isPrivate ? 'Deny' : 'Allow'
    }
  }
}

resource elasticsearch 'Microsoft.KeyVault/vaults/secrets@2024-11-01' = if (!empty(elasticsearchApiKey)) {
  parent: vault
  name: 'elasticsearch-api-key'
  tags: tags
  properties: {
    value: elasticsearchApiKey
  }
}

resource hash 'Microsoft.KeyVault/vaults/secrets@2024-11-01' = {
  parent: vault
  name: 'hash-key'
  tags: tags
  properties: {
    value: hashKey
  }
}

output id string = vault.id
output name string = vault.name
output uri string = vault.properties.vaultUri
output hashKeyName string = hash.name
