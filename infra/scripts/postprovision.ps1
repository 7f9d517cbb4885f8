# Writes local settings that point to the provisioned resources. azd gives the outputs of main.bicep as environment variables.
# Secrets stay in Key Vault: set CLOUDPUMP_HASH_KEY and ELASTICSEARCH_API_KEY yourself when you need them here.
$ErrorActionPreference = 'Stop'
$folder = Join-Path $PSScriptRoot '../../functions/CloudPump.App'
$file = Join-Path $folder 'local.settings.json'

if (Test-Path $file) {
  Move-Item -Force $file (Join-Path $folder 'local.settings.previous.json')
  Write-Host 'Your local settings are kept as local.settings.previous.json'
}

[ordered]@{
  IsEncrypted = $false
  Values = [ordered]@{
    FUNCTIONS_WORKER_RUNTIME = 'dotnet-isolated'
    AzureWebJobsStorage__blobServiceUri = $env:AZURE_STORAGE_BLOB_ENDPOINT
    AzureWebJobsStorage__queueServiceUri = $env:AZURE_STORAGE_QUEUE_ENDPOINT
    AzureWebJobsStorage__tableServiceUri = $env:AZURE_STORAGE_TABLE_ENDPOINT
    EventHubConnection__fullyQualifiedNamespace = $env:EventHubConnection__fullyQualifiedNamespace
    ServiceBusConnection__fullyQualifiedNamespace = $env:ServiceBusConnection__fullyQualifiedNamespace
    DURABLE_TASK_SCHEDULER_CONNECTION_STRING = "Endpoint=$($env:DTS_ENDPOINT);Authentication=DefaultAzure"
    TASKHUB_NAME = $env:TASKHUB_NAME
    AzureFunctionsJobHost__extensions__durableTask__storageProvider__type = 'azureManaged'
    AzureFunctionsJobHost__extensions__durableTask__storageProvider__connectionStringName = 'DURABLE_TASK_SCHEDULER_CONNECTION_STRING'
    CLOUDPUMP_PIPELINES = 'pipelines'
    CLOUDPUMP_TIME_BUDGET = '00:08:00'
    CLOUDPUMP_PAUSED = ''
    CLOUDPUMP_HASH_KEY = ''
    ELASTICSEARCH_URL = "$env:ELASTICSEARCH_URL"
    ELASTICSEARCH_API_KEY = ''
  }
} | ConvertTo-Json | Set-Content -Encoding utf8NoBOM $file
Write-Host 'Wrote functions/CloudPump.App/local.settings.json.'
Write-Host "Before 'func start', pause the deployed functions (docs/azure.md): two readers in one consumer group take partitions away from each other."
