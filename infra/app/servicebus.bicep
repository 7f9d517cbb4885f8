// Routes between pipelines. One topic, one subscription per receiving pipeline, and on each a filter on the property `pipeline`.
param name string
param location string
param tags object

@allowed([
  'Standard'
  'Premium'
])
param tier string

@description('Messaging units of a Premium namespace: 1, 2, 4, 8 or 16.')
param messagingUnits int

@description('Reachable by private endpoints only; Premium.')
param isPrivate bool

@description('Topics: name, subscriptions of name and pipeline.')
param topics array

@description('Deliveries after which the broker gives a message up. High, because the app settles every message itself: a delivery that fails is an outage that lasts, not a bad message.')
param maxDeliveryCount int = 1000

var subscriptions = flatten(map(
  range(0, length(topics)),
  i =>
    map(topics[i].subscriptions, subscription => {
      topic: i
      name: subscription.name
      pipeline: subscription.pipeline
    })
))

resource namespace 'Microsoft.ServiceBus/namespaces@2024-01-01' = {
  name: name
  location: location
  tags: tags
  sku: tier == 'Premium'
    ? {
        name: 'Premium'
        tier: 'Premium'
        capacity: messagingUnits
      }
    : {
        name: 'Standard'
        tier: 'Standard'
      }
  properties: {
    disableLocalAuth: true
    minimumTlsVersion: '1.2'
    publicNetworkAccess: isPrivate ? 'Disabled' : 'Enabled'
  }
}

// Duplicate detection stays off: a batch that was cut anew carries new events under an old id, and receivers drop repeats by event id.
@batchSize(1)
resource topic 'Microsoft.ServiceBus/namespaces/topics@2024-01-01' = [
  for item in topics: {
    parent: namespace
    name: item.name
    properties: {
      defaultMessageTimeToLive: 'P14D'
      requiresDuplicateDetection: false
      supportOrdering: false
    }
  }
]

// The longest lock there is: locks of batches are not renewed by the host.
@batchSize(1)
resource subscription 'Microsoft.ServiceBus/namespaces/topics/subscriptions@2024-01-01' = [
  for item in subscriptions: {
    parent: topic[item.topic]
    name: item.name
    properties: {
      lockDuration: 'PT5M'
      maxDeliveryCount: maxDeliveryCount
      defaultMessageTimeToLive: 'P14D'
      deadLetteringOnMessageExpiration: true
      deadLetteringOnFilterEvaluationExceptions: true
      requiresSession: false
    }
  }
]

// A new subscription has a rule `$Default` that takes every message, and rules are OR-ed: ours must have that very name to replace it.
@batchSize(1)
resource filter 'Microsoft.ServiceBus/namespaces/topics/subscriptions/rules@2024-01-01' = [
  for (item, i) in subscriptions: {
    parent: subscription[i]
    name: '$Default'
    properties: {
      filterType: 'CorrelationFilter'
      correlationFilter: {
        properties: {
          pipeline: item.pipeline
        }
      }
    }
  }
]

output id string = namespace.id
output name string = namespace.name
output fullyQualifiedNamespace string = split(split(namespace.properties.serviceBusEndpoint, '://')[1], ':')[0]
