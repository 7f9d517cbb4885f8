// Streams. The hubs and their consumer groups are those of the pipelines (pipelines.json); every function has a consumer group of its own,
// because two readers in one group take partitions away from each other.
param name string
param location string
param tags object

@allowed([
  'Standard'
  'Premium'
])
param tier string

@description('Throughput units (Standard) or processing units (Premium).')
param units int

@description('Units up to which a Standard namespace grows by itself; 0 switches that off.')
param maximumUnits int

@description('Hours for which events can be read again.')
param retentionInHours int

@description('Reachable by private endpoints only.')
param isPrivate bool

@description('Hubs: name, partitions, consumerGroups.')
param hubs array

var groups = flatten(map(
  range(0, length(hubs)),
  i =>
    map(hubs[i].consumerGroups, group => {
      hub: i
      name: group
    })
))
var grows = tier == 'Standard' && maximumUnits > units

resource namespace 'Microsoft.EventHub/namespaces@2024-01-01' = {
  name: name
  location: location
  tags: tags
  sku: {
    name: tier
    tier: tier
    capacity: units
  }
  properties: {
    disableLocalAuth: true
    minimumTlsVersion: '1.2'
    publicNetworkAccess: isPrivate ? 'Disabled' : 'Enabled'
    isAutoInflateEnabled: grows
    maximumThroughputUnits: grows ? maximumUnits : 0
  }
}

// One after the other: a namespace refuses to change while another change is under way.
@batchSize(1)
resource hub 'Microsoft.EventHub/namespaces/eventhubs@2024-01-01' = [
  for item in hubs: {
    parent: namespace
    name: item.name
    properties: {
      partitionCount: item.partitions
      retentionDescription: {
        cleanupPolicy: 'Delete'
        retentionTimeInHours: retentionInHours
      }
    }
  }
]

@batchSize(1)
resource group 'Microsoft.EventHub/namespaces/eventhubs/consumergroups@2024-01-01' = [
  for item in groups: {
    parent: hub[item.hub]
    name: item.name
  }
]

output id string = namespace.id
output name string = namespace.name
output fullyQualifiedNamespace string = split(split(namespace.properties.serviceBusEndpoint, '://')[1], ':')[0]
