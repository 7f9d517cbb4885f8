// The Durable Task Scheduler keeps the analyzers' state. It has no network rules of its own: the identity's role is the only way in.
param name string
param taskHubName string
param location string
param tags object

@allowed([
  'Consumption'
  'Dedicated'
])
param sku string

@description('Capacity units of a Dedicated scheduler: 1, or 3 for high availability.')
param capacity int

resource scheduler 'Microsoft.DurableTask/schedulers@2025-11-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    ipAllowlist: [
      '0.0.0.0/0'
    ]
    sku: sku == 'Dedicated'
      ? {
          name: sku
          capacity: capacity
        }
      : {
          name: sku
        }
  }
}

resource taskHub 'Microsoft.DurableTask/schedulers/taskHubs@2025-11-01' = {
  parent: scheduler
  name: taskHubName
}

output name string = scheduler.name
output endpoint string = scheduler.properties.endpoint
output taskHubName string = taskHub.name
