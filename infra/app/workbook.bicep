// The workbook: what the meter `CloudPump` measured, per pipeline.
param displayName string
param location string
param tags object

@description('The Application Insights resource that is asked.')
param componentId string

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  name: guid(resourceGroup().id, 'cloudpump')
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    displayName: displayName
    category: 'workbook'
    version: '1.0'
    sourceId: componentId
    serializedData: replace(loadTextContent('workbook.json'), '{component}', componentId)
  }
}

output id string = workbook.id
