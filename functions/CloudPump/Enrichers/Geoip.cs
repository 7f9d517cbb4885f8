using CloudPump.Events;
using CloudPump.Lookups.Geo;
using CloudPump.Lookups.Mmdb;
using CloudPump.Pipelines;

namespace CloudPump.Enrichers;

/// <summary>
/// Adds what a MaxMind database (.mmdb) knows about an address, as an object: cities, countries, networks (ASN), whatever its records hold. Private and reserved addresses, and those that it does not know, get
/// none. A file that changes is read again. Without a database a small built-in table of countries is used, with one warning.
/// </summary>
[Component(ComponentKind.Enricher, "geoip", "Adds the location of an IP address, from a MaxMind database.", Example = "geoip: {field: client_ip, target: geo}",
    Given = """{"client_ip": "8.8.8.8"}""", Gives = ["""{"client_ip": "8.8.8.8", "geo": {"country_code": "US"}}"""])]
public sealed class Geoip : ProcessorDefinition
{
    /// <summary>The address.</summary>
    [Option("The field that holds the address.", Main = true, Required = true)]
    public string Field { get; set; } = "";

    /// <summary>The result.</summary>
    [Option("The field that gets the record, as an object.")]
    public string Target { get; set; } = "geo";

    /// <summary>The database.</summary>
    [Option("The .mmdb file, or a folder of them; without it the one that `cloudpump geoip install` put into the data folder.")]
    public string? Database { get; set; }

    /// <inheritdoc/>
    public override IProcessor Build(BuildContext context)
    {
        var database = new ReloadingGeoDatabase(Database, context.DataFolder, context.Time, context.Warn);
        if (database.Current().IsBuiltIn)
        {
            context.Warn("geoip: no database is installed, so a small built-in table of countries is used. Install one with: cloudpump geoip install");
        }

        return new Processor(database, new FieldPath(Field, context.Fields), new FieldPath(Target, context.Fields));
    }

    private sealed class Processor(ReloadingGeoDatabase databases, FieldPath field, FieldPath target) : IProcessor
    {
        public void Process(EventBatch batch)
        {
            var database = databases.Current();
            foreach (var row in batch.Rows)
            {
                var slot = field.Get(batch, row);
                if (slot.IsText)
                {
                    Enrich(database, batch, row, slot);
                }
            }
        }

        private void Enrich(GeoDatabase database, EventBatch batch, int row, in Slot address)
        {
            try
            {
                if (database.TryFindJson(batch.Text(address), out var record))
                {
                    var slot = default(Slot);
                    slot.SetText(FieldKind.Object, batch.Append(record), record.Length);
                    target.Put(batch, row, slot);
                }
            }
            catch (MmdbException e)
            {
                batch.Fail(row, e.Message);
            }
        }
    }
}
