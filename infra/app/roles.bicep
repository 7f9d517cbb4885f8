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
// Who gets which role. The host wants to own its blobs. Queues are not used: analyzers run on the Durable Task Scheduler.
// Scaling by the length of a subscription reads its counts, which only an owner of the namespace's data may.
var hasUser = !empty(userPrincipalId)
var storageGrants = concat(
  grants(false, [roles.blobDataOwner, roles.tableDataContributor]),
  hasUser ? grants(true, [roles.blobDataContributor, roles.tableDataContributor]) : []
)
var eventHubsGrants = concat(
  grants(false, [roles.eventHubsDataReceiver, roles.eventHubsDataSender]),
  hasUser ? grants(true, [roles.eventHubsDataReceiver, roles.eventHubsDataSender]) : []
)
var serviceBusGrants = concat(
  grants(false, [roles.serviceBusDataOwner]),
  hasUser ? grants(true, [roles.serviceBusDataReceiver, roles.serviceBusDataSender]) : []
)
var schedulerGrants = concat(grants(false, [roles.durableTaskDataContributor]), hasUser ? grants(true, [roles.durableTaskDataContributor]) : [])
var componentGrants = concat(grants(false, [roles.monitoringMetricsPublisher]), hasUser ? grants(true, [roles.monitoringMetricsPublisher]) : [])

// A grant says for whom it is, not the principal itself: the identity's is known only while deploying, and the number of assignments must be known before.
func grants(isUser bool, roleIds array) array => map(roleIds, role => { isUser: isUser, role: role })

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
    name: guid(storage.id, grant.isUser ? userPrincipalId : appPrincipalId, grant.role)
    scope: storage
    properties: {
      principalId: grant.isUser ? userPrincipalId : appPrincipalId
      principalType: grant.isUser ? userPrincipalType : 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', grant.role)
    }
  }
]

resource eventHubsAccess 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for grant in eventHubsGrants: {
    name: guid(eventHubs.id, grant.isUser ? userPrincipalId : appPrincipalId, grant.role)
    scope: eventHubs
    properties: {
      principalId: grant.isUser ? userPrincipalId : appPrincipalId
      principalType: grant.isUser ? userPrincipalType : 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', grant.role)
    }
  }
]

resource serviceBusAccess 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for grant in serviceBusGrants: {
    name: guid(serviceBus.id, grant.isUser ? userPrincipalId : appPrincipalId, grant.role)
    scope: serviceBus
    properties: {
      principalId: grant.isUser ? userPrincipalId : appPrincipalId
      principalType: grant.isUser ? userPrincipalType : 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', grant.role)
    }
  }
]

resource schedulerAccess 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for grant in schedulerGrants: {
    name: guid(scheduler.id, grant.isUser ? userPrincipalId : appPrincipalId, grant.role)
    scope: scheduler
    properties: {
      principalId: grant.isUser ? userPrincipalId : appPrincipalId
      principalType: grant.isUser ? userPrincipalType : 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', grant.role)
    }
  }
]

resource componentAccess 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for grant in componentGrants: {
    name: guid(component.id, grant.isUser ? userPrincipalId : appPrincipalId, grant.role)
    scope: component
    properties: {
      principalId: grant.isUser ? userPrincipalId : appPrincipalId
      principalType: grant.isUser ? userPrincipalType : 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', grant.role)
    }
  }
]
