// Everything that CloudPump needs on Azure. `azd up` deploys it; docs/azure.md says what it is and what it costs.
targetScope = 'subscription'

@minLength(1)
@maxLength(64)
@description('The name of the azd environment; all names come from it.')
param environmentName string

@minLength(1)
@description('Where everything is placed: a region with Flex Consumption and the Durable Task Scheduler.')
@metadata({
  azd: {
    type: 'location'
  }
})
param location string

@description('Who may use the resources from a developer\'s machine; empty for nobody.')
param principalId string = ''

@allowed([
  'User'
  'ServicePrincipal'
])
@description('What that principal is; a pipeline of a repository is a ServicePrincipal.')
param principalType string = 'User'

@description('A virtual network with private endpoints; Service Bus takes part only as Premium.')
param vnetEnabled bool = false

// The tier comes from pipelines.json: `cloudpump infra` has checked what it can hold.
@allowed([
  'standard'
  'premium'
])
@description('The tier of Event Hubs.')
param eventHubsTier string = loadJsonContent('./pipelines.json').tier

@minValue(1)
@maxValue(40)
@description('Throughput units (standard) or processing units (premium).')
param eventHubsUnits int = 1

@minValue(0)
@maxValue(40)
@description('Units up to which a standard namespace grows by itself; 0 switches that off.')
param eventHubsMaximumUnits int = 4

@minValue(1)
@description('Hours for which events can be read again: at most 168 on standard.')
param retentionInHours int = 24

@allowed([
  'Standard'
  'Premium'
])
@description('The tier of Service Bus: Premium for private endpoints, larger messages and more than about 1,000 operations a second.')
param serviceBusTier string = vnetEnabled ? 'Premium' : 'Standard'

@allowed([
  1
  2
  4
  8
  16
])
@description('Messaging units of a Premium namespace.')
param serviceBusUnits int = 1

@allowed([
  'Consumption'
  'Dedicated'
])
@description('The kind of Durable Task Scheduler: Consumption up to 500 actions a second.')
param schedulerSku string = 'Consumption'

@description('Capacity units of a Dedicated scheduler.')
param schedulerCapacity int = 1

@allowed([
  512
  2048
  4096
])
@description('Memory of an instance of the app.')
param instanceMemoryMB int = 2048

@minValue(40)
@maxValue(1000)
@description('The most instances of the app. Instances beyond a hub\'s partitions are idle.')
param maximumInstanceCount int = 100

@description('Instances that are always there, per scale group: name (http, durable, function:NAME) and instanceCount.')
param alwaysReady array = []

@description('Functions that do not run, separated by commas.')
param pausedFunctions string = ''

@description('How long one invocation may work; below functionTimeout of host.json.')
param timeBudget string = '00:08:00'

@description('The endpoint of Elasticsearch; empty when no pipeline writes there.')
param elasticsearchUrl string = ''

@secure()
@description('The API key of Elasticsearch.')
param elasticsearchApiKey string = ''

@secure()
@minLength(16)
@description('The key of pseudonyms (CLOUDPUMP_HASH_KEY). Keep it: another key gives other pseudonyms.')
param hashKey string

@secure()
@description('More settings of the app, for example those that pipelines name as \${NAME}.')
param extraSettings object = {}

@description('Who gets the alerts by e-mail; empty for nobody.')
param alertEmail string = ''

@description('Messages that may wait between pipelines before an alert.')
param maximumBacklog int = 10000

@description('Errors in 15 minutes that are not worth an alert.')
param toleratedErrors int = 5

@description('Seconds that a pipeline may be behind its input before somebody is told.')
param maximumLagSeconds int = 600

@minValue(30)
@maxValue(730)
@description('Days for which telemetry is kept.')
param telemetryDays int = 30

var abbreviations = loadJsonContent('./abbreviations.json')
var pipelines = loadJsonContent('./pipelines.json')
var serviceName = 'app'
var runtimeVersion = '10.0'
var token = toLower(uniqueString(subscription().id, environmentName, location))
var tags = {
  'azd-env-name': environmentName
}
var appName = '${abbreviations.webSitesFunctions}app-${token}'
var deploymentContainer = 'app-package-${take(appName, 32)}-${take(toLower(uniqueString(appName, token)), 7)}'

resource group 'Microsoft.Resources/resourceGroups@2024-03-01' = {
  name: '${abbreviations.resourcesResourceGroups}${environmentName}'
  location: location
  tags: tags
}

module identity 'app/identity.bicep' = {
  name: 'identity'
  scope: group
  params: {
    name: '${abbreviations.managedIdentityUserAssignedIdentities}app-${token}'
    location: location
    tags: tags
  }
}

module monitoring 'app/monitoring.bicep' = {
  name: 'monitoring'
  scope: group
  params: {
    workspaceName: '${abbreviations.operationalInsightsWorkspaces}${token}'
    componentName: '${abbreviations.insightsComponents}${token}'
    location: location
    tags: tags
    retentionInDays: telemetryDays
  }
}

module storage 'app/storage.bicep' = {
  name: 'storage'
  scope: group
  params: {
    name: '${abbreviations.storageStorageAccounts}${token}'
    location: location
    tags: tags
    deploymentContainer: deploymentContainer
    isPrivate: vnetEnabled
  }
}

module eventHubs 'app/eventhubs.bicep' = {
  name: 'eventhubs'
  scope: group
  params: {
    name: '${abbreviations.eventHubNamespaces}${token}'
    location: location
    tags: tags
    tier: eventHubsTier == 'premium' ? 'Premium' : 'Standard'
    units: eventHubsUnits
    maximumUnits: eventHubsMaximumUnits
    retentionInHours: retentionInHours
    isPrivate: vnetEnabled
    hubs: pipelines.hubs
  }
}

module serviceBus 'app/servicebus.bicep' = {
  name: 'servicebus'
  scope: group
  params: {
    name: '${abbreviations.serviceBusNamespaces}${token}'
    location: location
    tags: tags
    tier: serviceBusTier
    messagingUnits: serviceBusUnits
    isPrivate: vnetEnabled && serviceBusTier == 'Premium'
    topics: pipelines.topics
  }
}

module durable 'app/durable.bicep' = {
  name: 'durable'
  scope: group
  params: {
    name: '${abbreviations.durableTaskSchedulers}${token}'
    taskHubName: '${abbreviations.durableTaskHubs}cloudpump'
    location: location
    tags: tags
    sku: schedulerSku
    capacity: schedulerCapacity
  }
}

module keyVault 'app/keyvault.bicep' = {
  name: 'keyvault'
  scope: group
  params: {
    name: '${abbreviations.keyVaultVaults}${token}'
    location: location
    tags: tags
    readerPrincipalId: identity.outputs.principalId
    isPrivate: vnetEnabled
    elasticsearchApiKey: elasticsearchApiKey
    hashKey: hashKey
  }
}

module roles 'app/roles.bicep' = {
  name: 'roles'
  scope: group
  params: {
    storageName: storage.outputs.name
    eventHubsName: eventHubs.outputs.name
    serviceBusName: serviceBus.outputs.name
    schedulerName: durable.outputs.name
    componentName: monitoring.outputs.componentName
    appPrincipalId: identity.outputs.principalId
    userPrincipalId: principalId
    userPrincipalType: principalType
  }
}

module network 'app/network.bicep' = if (vnetEnabled) {
  name: 'network'
  scope: group
  params: {
    name: '${abbreviations.networkVirtualNetworks}${token}'
    location: location
    tags: tags
    endpointPrefix: abbreviations.networkPrivateEndpoints
    token: token
    storageId: storage.outputs.id
    eventHubsId: eventHubs.outputs.id
    vaultId: keyVault.outputs.id
    serviceBusId: serviceBusTier == 'Premium' ? serviceBus.outputs.id : ''
  }
}

// The settings that the app reads. FUNCTIONS_WORKER_RUNTIME and its like are not among them: on Flex Consumption functionAppConfig says it.
var settings = {
  AZURE_CLIENT_ID: identity.outputs.clientId
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__clientId: identity.outputs.clientId
  AzureWebJobsStorage__blobServiceUri: storage.outputs.blobEndpoint
  AzureWebJobsStorage__queueServiceUri: storage.outputs.queueEndpoint
  AzureWebJobsStorage__tableServiceUri: storage.outputs.tableEndpoint
  EventHubConnection__fullyQualifiedNamespace: eventHubs.outputs.fullyQualifiedNamespace
  EventHubConnection__credential: 'managedidentity'
  EventHubConnection__clientId: identity.outputs.clientId
  ServiceBusConnection__fullyQualifiedNamespace: serviceBus.outputs.fullyQualifiedNamespace
  ServiceBusConnection__credential: 'managedidentity'
  ServiceBusConnection__clientId: identity.outputs.clientId
  DURABLE_TASK_SCHEDULER_CONNECTION_STRING: 'Endpoint=${durable.outputs.endpoint};Authentication=ManagedIdentity;ClientID=${identity.outputs.clientId}'
  TASKHUB_NAME: durable.outputs.taskHubName
  // host.json keeps analyzers on Azure Storage, so that Azurite is enough on a desk; here they move to the Durable Task Scheduler.
  AzureFunctionsJobHost__extensions__durableTask__storageProvider__type: 'azureManaged'
  AzureFunctionsJobHost__extensions__durableTask__storageProvider__connectionStringName: 'DURABLE_TASK_SCHEDULER_CONNECTION_STRING'
  APPLICATIONINSIGHTS_CONNECTION_STRING: monitoring.outputs.connectionString
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identity.outputs.clientId};Authorization=AAD'
  CLOUDPUMP_PIPELINES: 'pipelines'
  CLOUDPUMP_TIME_BUDGET: timeBudget

  // The platform's own setting for each function, AzureWebJobs.FUNCTION.Disabled, takes no name with a hyphen on Linux; the app reads this one itself.
  CLOUDPUMP_PAUSED: pausedFunctions
  CLOUDPUMP_HASH_KEY: '@Microsoft.KeyVault(SecretUri=${keyVault.outputs.uri}secrets/${keyVault.outputs.hashKeyName})'
  ELASTICSEARCH_URL: elasticsearchUrl
}
var elasticsearchSettings = {
  ELASTICSEARCH_API_KEY: '@Microsoft.KeyVault(SecretUri=${keyVault.outputs.uri}secrets/elasticsearch-api-key)'
}

module app 'app/functionapp.bicep' = {
  name: 'app'
  scope: group
  params: {
    name: appName
    planName: '${abbreviations.webServerFarms}${token}'
    location: location
    tags: tags
    serviceName: serviceName
    identityId: identity.outputs.id
    blobEndpoint: storage.outputs.blobEndpoint
    deploymentContainer: deploymentContainer
    subnetId: vnetEnabled ? network!.outputs.appSubnetId : ''
    runtimeVersion: runtimeVersion
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
    alwaysReady: alwaysReady
    settings: union(settings, empty(elasticsearchApiKey) ? {} : elasticsearchSettings, extraSettings)
  }
  // An app that starts before it has its rights fails until somebody restarts it.
  dependsOn: [
    roles
  ]
}

module alerts 'app/alerts.bicep' = {
  name: 'alerts'
  scope: group
  params: {
    location: location
    tags: tags
    actionGroupName: '${abbreviations.insightsActionGroups}${token}'
    email: alertEmail
    workspaceId: monitoring.outputs.workspaceId
    eventHubsId: eventHubs.outputs.id
    serviceBusId: serviceBus.outputs.id
    hubs: pipelines.hubs
    maximumBacklog: maximumBacklog
    maximumLagSeconds: maximumLagSeconds
    toleratedErrors: toleratedErrors
  }
}

module workbook 'app/workbook.bicep' = {
  name: 'workbook'
  scope: group
  params: {
    displayName: 'CloudPump ${environmentName}'
    location: location
    tags: tags
    componentId: monitoring.outputs.componentId
  }
}

output AZURE_LOCATION string = location
output AZURE_TENANT_ID string = tenant().tenantId
output AZURE_RESOURCE_GROUP string = group.name
output AZURE_FUNCTION_NAME string = app.outputs.name
output AZURE_KEY_VAULT_NAME string = keyVault.outputs.name
output AZURE_KEY_VAULT_ENDPOINT string = keyVault.outputs.uri
output AZURE_STORAGE_ACCOUNT_NAME string = storage.outputs.name
output AZURE_STORAGE_BLOB_ENDPOINT string = storage.outputs.blobEndpoint
output AZURE_STORAGE_QUEUE_ENDPOINT string = storage.outputs.queueEndpoint
output AZURE_STORAGE_TABLE_ENDPOINT string = storage.outputs.tableEndpoint
output SERVICE_APP_NAME string = app.outputs.name
output SERVICE_APP_URI string = app.outputs.uri
output SERVICE_APP_IDENTITY_PRINCIPAL_ID string = identity.outputs.principalId
output EventHubConnection__fullyQualifiedNamespace string = eventHubs.outputs.fullyQualifiedNamespace
output ServiceBusConnection__fullyQualifiedNamespace string = serviceBus.outputs.fullyQualifiedNamespace
output DTS_ENDPOINT string = durable.outputs.endpoint
output TASKHUB_NAME string = durable.outputs.taskHubName
output APPLICATIONINSIGHTS_NAME string = monitoring.outputs.componentName
output APPLICATIONINSIGHTS_CONNECTION_STRING string = monitoring.outputs.connectionString
output ELASTICSEARCH_URL string = elasticsearchUrl
