#!/bin/sh
# Writes local settings that point to the provisioned resources. azd gives the outputs of main.bicep as environment variables.
# Secrets stay in Key Vault: set CLOUDPUMP_HASH_KEY and ELASTICSEARCH_API_KEY yourself when you need them here.
set -eu
cd "$(dirname "$0")/../../functions/CloudPump.App"

if [ -f local.settings.json ]; then
  mv local.settings.json local.settings.previous.json
  echo "Your local settings are kept as local.settings.previous.json"
fi

cat > local.settings.json <<EOF
{
  "IsEncrypted": false,
  "Values": {
    "FUNCTIONS_WORKER_RUNTIME": "dotnet-isolated",
    "AzureWebJobsStorage__blobServiceUri": "${AZURE_STORAGE_BLOB_ENDPOINT}",
    "AzureWebJobsStorage__queueServiceUri": "${AZURE_STORAGE_QUEUE_ENDPOINT}",
    "AzureWebJobsStorage__tableServiceUri": "${AZURE_STORAGE_TABLE_ENDPOINT}",
    "EventHubConnection__fullyQualifiedNamespace": "${EventHubConnection__fullyQualifiedNamespace}",
    "ServiceBusConnection__fullyQualifiedNamespace": "${ServiceBusConnection__fullyQualifiedNamespace}",
    "DURABLE_TASK_SCHEDULER_CONNECTION_STRING": "Endpoint=${DTS_ENDPOINT};Authentication=DefaultAzure",
    "TASKHUB_NAME": "${TASKHUB_NAME}",
    "AzureFunctionsJobHost__extensions__durableTask__storageProvider__type": "azureManaged",
    "AzureFunctionsJobHost__extensions__durableTask__storageProvider__connectionStringName": "DURABLE_TASK_SCHEDULER_CONNECTION_STRING",
    "CLOUDPUMP_PIPELINES": "pipelines",
    "CLOUDPUMP_TIME_BUDGET": "00:08:00",
    "CLOUDPUMP_PAUSED": "",
    "CLOUDPUMP_HASH_KEY": "",
    "ELASTICSEARCH_URL": "${ELASTICSEARCH_URL:-}",
    "ELASTICSEARCH_API_KEY": ""
  }
}
EOF
echo "Wrote functions/CloudPump.App/local.settings.json."
echo "Before 'func start', pause the deployed functions (docs/azure.md): two readers in one consumer group take partitions away from each other."
