// The virtual network: one subnet for the app's instances, one for the private endpoints, these endpoints, and the names under which they are found.
param name string
param location string
param tags object

@description('What the names of endpoints begin with.')
param endpointPrefix string

@description('What they end with.')
param token string
param storageId string
param eventHubsId string
param vaultId string

@description('The Service Bus namespace; empty when its tier takes no private endpoint.')
param serviceBusId string

var zoneNames = {
  blob: 'privatelink.blob.${environment().suffixes.storage}'
  queue: 'privatelink.queue.${environment().suffixes.storage}'
  table: 'privatelink.table.${environment().suffixes.storage}'
  messaging: 'privatelink.servicebus.windows.net'
  vault: 'privatelink.vaultcore.azure.net'
}
var zoneKeys = objectKeys(zoneNames)
var always = [
  { name: 'blob', target: storageId, group: 'blob', zone: 'blob' }
  { name: 'queue', target: storageId, group: 'queue', zone: 'queue' }
  { name: 'table', target: storageId, group: 'table', zone: 'table' }
  { name: 'eventhubs', target: eventHubsId, group: 'namespace', zone: 'messaging' }
  { name: 'vault', target: vaultId, group: 'vault', zone: 'vault' }
]
var serviceBus = [{ name: 'servicebus', target: serviceBusId, group: 'namespace', zone: 'messaging' }]
var endpoints = concat(always, empty(serviceBusId) ? [] : serviceBus)

resource network 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.0.0.0/16'
      ]
    }
    subnets: [
      {
        name: 'private-endpoints'
        properties: {
          addressPrefix: '10.0.1.0/24'
          privateEndpointNetworkPolicies: 'Disabled'
        }
      }
      {
        name: 'app'
        properties: {
          addressPrefix: '10.0.2.0/23'
          delegations: [
            {
              name: 'functions'
              properties: {
                serviceName: 'Microsoft.App/environments'
              }
            }
          ]
        }
      }
    ]
  }

  resource endpointSubnet 'subnets' existing = {
    name: 'private-endpoints'
  }

  resource appSubnet 'subnets' existing = {
    name: 'app'
  }
}

resource zone 'Microsoft.Network/privateDnsZones@2024-06-01' = [
  for key in zoneKeys: {
    name: zoneNames[key]
    location: 'global'
    tags: tags
  }
]

resource link 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = [
  for (key, i) in zoneKeys: {
    parent: zone[i]
    name: name
    location: 'global'
    tags: tags
    properties: {
      registrationEnabled: false
      virtualNetwork: {
        id: network.id
      }
    }
  }
]

module endpoint 'private-endpoint.bicep' = [
  for item in endpoints: {
    name: 'endpoint-${item.name}'
    params: {
      name: '${endpointPrefix}${item.name}-${token}'
      location: location
      tags: tags
      subnetId: network::endpointSubnet.id
      targetId: item.target
      groupId: item.group
      zoneId: zone[indexOf(zoneKeys, item.zone)].id
    }
    dependsOn: [
      link
    ]
  }
]

output appSubnetId string = network::appSubnet.id
