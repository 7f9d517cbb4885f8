#!/usr/bin/env bash
# Runs the Bicep compiler and its linter over the infrastructure, and lets it predict what would be deployed, without and with a virtual network.
# Any error, warning or unformatted file fails.
# The compiler is a NuGet package. Where the feed does not hold it, this says "skipped" and exits with 0.
set -euo pipefail
cd "$(dirname "$0")"
version=0.49.2

case "$(uname -s)-$(uname -m)" in
  Linux-x86_64) package=Azure.Bicep.CommandLine.linux-x64 ;;
  Linux-aarch64) package=Azure.Bicep.CommandLine.linux-arm64 ;;
  Darwin-arm64) package=Azure.Bicep.CommandLine.osx-arm64 ;;
  Darwin-x86_64) package=Azure.Bicep.CommandLine.osx-x64 ;;
  *) echo "skipped: no package of the Bicep compiler for $(uname -s) $(uname -m)"; exit 0 ;;
esac

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat > "$work/bicep.csproj" <<EOF
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
  <ItemGroup><PackageReference Include="$package" Version="[$version]" /></ItemGroup>
</Project>
EOF
if ! dotnet restore "$work/bicep.csproj" -v quiet > "$work/restore.log" 2>&1; then
  echo "skipped: the package $package $version cannot be restored from this feed"
  exit 0
fi

packages=$(dotnet nuget locals global-packages --list | sed 's/^[^:]*: *//')
bicep="$packages/$(tr '[:upper:]' '[:lower:]' <<<"$package")/$version/tools/bicep"
cp "$bicep" "$work/bicep"
chmod +x "$work/bicep"
"$work/bicep" --version

# Warnings do not change the compiler's exit code, so whatever it prints is a failure.
failed=0
complain() {
  if [ -n "$1" ]; then
    printf '%s\n' "$1"
    failed=1
  fi
}

complain "$("$work/bicep" build main.bicep --outfile "$work/main.json" 2>&1 || echo "main.bicep does not build")"
if [ "$failed" = 1 ]; then
  exit 1
fi

for file in main.bicep app/*.bicep; do
  complain "$("$work/bicep" lint "$file" 2>&1 || echo "$file does not pass the linter")"
  "$work/bicep" format "$file" --outfile "$work/formatted.bicep"
  complain "$(cmp -s "$file" "$work/formatted.bicep" || echo "$file is not formatted: bicep format $file")"
done
cp -r . "$work/infra"
for vnet in false true; do
  cat > "$work/infra/main.bicepparam" <<EOF
using 'main.bicep'
param environmentName = 'check'
param location = 'westeurope'
param hashKey = 'not-a-secret-at-all'
param principalId = '00000000-0000-0000-0000-000000000001'
param elasticsearchUrl = 'https://elasticsearch.example.org'
param elasticsearchApiKey = 'not-a-secret'
param alertEmail = 'operator@example.org'
param pausedFunctions = 'one, two'
param vnetEnabled = $vnet
EOF
  complain "$("$work/bicep" snapshot "$work/infra/main.bicepparam" --mode overwrite --subscription-id 00000000-0000-0000-0000-000000000002 \
    --tenant-id 00000000-0000-0000-0000-000000000003 2>&1 || echo "main.bicep cannot be evaluated with vnetEnabled=$vnet")"
  echo "predicted with vnetEnabled=$vnet: $(grep -c '"apiVersion":' "$work/infra/main.snapshot.json") resources"
done

if [ "$failed" = 0 ]; then
  echo "infrastructure: $(ls main.bicep app/*.bicep | wc -l) files build without warnings"
fi

exit "$failed"
