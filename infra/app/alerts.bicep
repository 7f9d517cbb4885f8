// What somebody should be told: events that nobody reads, dead letters, errors. Without an e-mail address the alerts only show in the portal.
param location string
param tags object
param actionGroupName string

@description('Who gets the alerts; empty for nobody.')
param email string
param workspaceId string
param eventHubsId string
param serviceBusId string

@description('Hubs: name, consumerGroups.')
param hubs array

@description('Messages that may wait in a topic.')
param maximumBacklog int

@description('Seconds that a pipeline may be behind its input.')
param maximumLagSeconds int

@description('Failed invocations and exceptions in 15 minutes that are not worth a message.')
param toleratedErrors int

var actionGroups = empty(email) ? [] : [actionGroup.id]
var actions = [
  for id in actionGroups: {
    actionGroupId: id
  }
]

// What must not pass a limit, over the last 15 minutes.
var limits = [
  {
    name: 'event-hubs-throttled'
    description: 'Event Hubs refuses requests: more throughput units are needed, or fuller events.'
    severity: 2
    scope: eventHubsId
    namespace: 'Microsoft.EventHub/namespaces'
    metric: 'ThrottledRequests'
    aggregation: 'Total'
    threshold: 100
  }
  {
    name: 'service-bus-backlog'
    description: 'Messages between pipelines pile up: a receiving pipeline is too slow or stands still.'
    severity: 2
    scope: serviceBusId
    namespace: 'Microsoft.ServiceBus/namespaces'
    metric: 'ActiveMessages'
    aggregation: 'Average'
    threshold: maximumBacklog
  }
  {
    name: 'service-bus-dead-letters'
    description: 'The broker gave messages up: they expired, or were delivered too often.'
    severity: 1
    scope: serviceBusId
    namespace: 'Microsoft.ServiceBus/namespaces'
    metric: 'DeadletteredMessages'
    aggregation: 'Average'
    threshold: 0
  }
]

// The names are those of the meter `CloudPump`; a test compares them with the code.
var deadLetters = '''
AppMetrics
| where Name == "cloudpump.events.dead"
| summarize Dead = sum(Sum) by Pipeline = tostring(Properties.pipeline)
| where Dead > 0
'''
// The oldest event of a batch was this old when the batch was done: the app is behind, though it works.
var slow = '''
AppMetrics
| where Name == "cloudpump.lag"
| summarize Lag = max(Max) by Pipeline = tostring(Properties.pipeline)
'''
var errors = '''
union
  (AppRequests | where Success == false | project TimeGenerated),
  (AppExceptions | project TimeGenerated)
'''

resource actionGroup 'Microsoft.Insights/actionGroups@2023-01-01' = if (!empty(email)) {
  name: actionGroupName
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'cloudpump'
    emailReceivers: [
      {
        name: 'operator'
        emailAddress: email
        useCommonAlertSchema: true
      }
    ]
  }
}

// A hub takes in events and nobody reads them: the lag of every consumer grows. (Only hubs that somebody should read.)
resource lag 'Microsoft.Insights/metricAlerts@2018-03-01' = [
  for hub in filter(hubs, item => !empty(item.consumerGroups)): {
    name: 'lag-${hub.name}'
    location: 'global'
    tags: tags
    properties: {
      description: 'The hub ${hub.name} takes in events, and nobody has read any for 15 minutes.'
      severity: 1
      enabled: true
      scopes: [
        eventHubsId
      ]
      evaluationFrequency: 'PT5M'
      windowSize: 'PT15M'
      criteria: {
        'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
        allOf: [
          {
            name: 'incoming'
            criterionType: 'StaticThresholdCriterion'
            metricNamespace: 'Microsoft.EventHub/namespaces'
            metricName: 'IncomingMessages'
            timeAggregation: 'Total'
            operator: 'GreaterThan'
            threshold: 0
            dimensions: [
              {
                name: 'EntityName'
                operator: 'Include'
                values: [
                  hub.name
                ]
              }
            ]
          }
          {
            name: 'outgoing'
            criterionType: 'StaticThresholdCriterion'
            metricNamespace: 'Microsoft.EventHub/namespaces'
            metricName: 'OutgoingMessages'
            timeAggregation: 'Total'
            operator: 'LessThan'
            threshold: 1
            dimensions: [
              {
                name: 'EntityName'
                operator: 'Include'
                values: [
                  hub.name
                ]
              }
            ]
          }
        ]
      }
      actions: actions
    }
  }
]

resource limit 'Microsoft.Insights/metricAlerts@2018-03-01' = [
  for item in limits: {
    name: item.name
    location: 'global'
    tags: tags
    properties: {
      description: item.description
      severity: item.severity
      enabled: true
      scopes: [
        item.scope
      ]
      evaluationFrequency: 'PT5M'
      windowSize: 'PT15M'
      criteria: {
        'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
        allOf: [
          {
            name: 'limit'
            criterionType: 'StaticThresholdCriterion'
            metricNamespace: item.namespace
            metricName: item.metric
            timeAggregation: item.aggregation
            operator: 'GreaterThan'
            threshold: item.threshold
          }
        ]
      }
      actions: actions
    }
  }
]

// The tables are made by the first telemetry, after the alerts: so their queries are not checked here.
resource dead 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = {
  name: 'dead-letters'
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: 'Dead letters'
    description: 'A pipeline gave events up. They are kept: list them, put the cause right, replay them.'
    severity: 2
    enabled: true
    scopes: [
      workspaceId
    ]
    evaluationFrequency: 'PT15M'
    windowSize: 'PT15M'
    skipQueryValidation: true
    criteria: {
      allOf: [
        {
          query: deadLetters
          timeAggregation: 'Total'
          metricMeasureColumn: 'Dead'
          operator: 'GreaterThan'
          threshold: 0
          dimensions: [
            {
              name: 'Pipeline'
              operator: 'Include'
              values: [
                '*'
              ]
            }
          ]
        }
      ]
    }
    actions: {
      actionGroups: actionGroups
    }
  }
}

resource behind 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = {
  name: 'behind'
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: 'Behind'
    description: 'A pipeline works, but its events are old by the time they are done: it needs more instances or partitions, or its sink is slow.'
    severity: 2
    enabled: true
    scopes: [
      workspaceId
    ]
    evaluationFrequency: 'PT15M'
    windowSize: 'PT15M'
    skipQueryValidation: true
    criteria: {
      allOf: [
        {
          query: slow
          timeAggregation: 'Maximum'
          metricMeasureColumn: 'Lag'
          operator: 'GreaterThan'
          threshold: maximumLagSeconds
          dimensions: [
            {
              name: 'Pipeline'
              operator: 'Include'
              values: [
                '*'
              ]
            }
          ]
        }
      ]
    }
    actions: {
      actionGroups: actionGroups
    }
  }
}

resource failures 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = {
  name: 'errors'
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: 'Errors'
    description: 'Invocations fail, or exceptions are logged. Nothing is lost by them, but something does not answer.'
    severity: 2
    enabled: true
    scopes: [
      workspaceId
    ]
    evaluationFrequency: 'PT15M'
    windowSize: 'PT15M'
    skipQueryValidation: true
    criteria: {
      allOf: [
        {
          query: errors
          timeAggregation: 'Count'
          operator: 'GreaterThan'
          threshold: toleratedErrors
        }
      ]
    }
    actions: {
      actionGroups: actionGroups
    }
  }
}
