// The least rights that the app's identity needs and, when a principal is given, those for running the app locally against these resources.
param storageName string
param eventHubsName string
param serviceBusName string
param schedulerName string
param componentName string

@description('The identity of the app.')
param appPrincipalId string

@description('The developer; empty for none.')
param userPrincipalId string

@allowed([
  'User'
  'ServicePrincipal'
])
param userPrincipalType string

var roles = {
  blobDataOwner: 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
  blobDataContributor: 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'
  tableDataContributor: '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
  eventHubsDataReceiver: 'a638d3c7-ab3a-418d-83e6-5f17a39d4fde'
  eventHubsDataSender: '2b629674-e913-4c01-ae53-ef4638d8f975'
  serviceBusDataOwner: '090c5cfd-751d-490a-894a-3ce6f1109419'
  serviceBusDataReceiver: '4f6d3b9b-027b-4f4c-9142-0e5a2a2247e0'
  serviceBusDataSender: '69a216fc-b8fb-44d8-bc22-1f3c2cd27a39'
  monitoringMetricsPublisher: '3913510d-42f4-4e42-8a64-420c390055eb'
  durableTaskDataContributor: '0ad04412-c4d5-4796-b79c-f76d14c8d402'
}
var app = {
  id: appPrincipalId
  type: 'ServicePrincipal'
}
var user = {
  id: userPrincipalId
  type: userPrincipalType
}

// Every grant names a principal and a role. The host wants to own its blobs. Queues are not used: analyzers run on the Durable Task Scheduler.
// Scaling by the length of a subscription reads its counts, which only an owner of the namespace's data may.
var storageGrants = concat(
  grantsOf(app, [roles.blobDataOwner, roles.tableDataContributor]),
  grantsOf(user, [roles.blobDataContributor, roles.tableDataContributor])
)
var eventHubsGrants = concat(
  grantsOf(app, [roles.eventHubsDataReceiver, roles.eventHubsDataSender]),
  grantsOf(user, [roles.eventHubsDataReceiver, roles.eventHubsDataSender])
)
var serviceBusGrants = concat(grantsOf(app, [roles.serviceBusDataOwner]), grantsOf(user, [roles.serviceBusDataReceiver, roles.serviceBusDataSender]))
var schedulerGrants = concat(grantsOf(app, [roles.durableTaskDataContributor]), grantsOf(user, [roles.durableTaskDataContributor]))
var componentGrants = concat(grantsOf(app, [roles.monitoringMetricsPublisher]), grantsOf(user, [roles.monitoringMetricsPublisher]))

func grantsOf(principal object, roleIds array) array =>
  empty(principal.id)
    ? []
    : map(roleIds, role => {
        principal: principal.id
        type: principal.type
        role: role
      })

resource storage 'Microsoft.Storage/storageAccounts@2024-01-01' existing = {
  name: storageName
}

resource eventHubs 'Microsoft.EventHub/namespaces@2024-01-01' existing = {
  name: eventHubsName
}

resource serviceBus 'Microsoft.ServiceBus/namespaces@2024-01-01' existing = {
  name: serviceBusName
}

resource scheduler 'Microsoft.DurableTask/schedulers@2025-11-01' existing = {
  name: schedulerName
}

resource component 'Microsoft.Insights/components@2020-02-02' existing = {
  name: componentName
}

resource storageAccess 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for grant in storageGrants: {
    name: guid(storage.id, grant.principal, grant.role)
    scope: storage
    properties: {
      principalId: grant.principal
      principalType: grant.type
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', grant.role)
    }
  }
]

resource eventHubsAccess 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for grant in eventHubsGrants: {
    name: guid(eventHubs.id, grant.principal, grant.role)
    scope: eventHubs
    properties: {
      principalId: grant.principal
      principalType: grant.type
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', grant.role)
    }
  }
]

resource serviceBusAccess 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for grant in serviceBusGrants: {
    name: guid(serviceBus.id, grant.principal, grant.role)
    scope: serviceBus
    properties: {
      principalId: grant.principal
      principalType: grant.type
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', grant.role)
    }
  }
]

resource schedulerAccess 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for grant in schedulerGrants: {
    name: guid(scheduler.id, grant.principal, grant.role)
    scope: scheduler
    properties: {
      principalId: grant.principal
      principalType: grant.type
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', grant.role)
    }
  }
]

resource componentAccess 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for grant in componentGrants: {
    name: guid(component.id, grant.principal, grant.role)
    scope: component
    properties: {
      principalId: grant.principal
      principalType: grant.type
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', grant.role)
    }
  }
]
