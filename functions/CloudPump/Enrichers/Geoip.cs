using CloudPump.Events;
using CloudPump.Lookups.Geo;
using CloudPump.Lookups.Mmdb;
using CloudPump.Pipelines;

namespace CloudPump.Enrichers;

/// <summary>
/// Adds what a MaxMind database (.mmdb) knows about an address, as an object. Without a database a small built-in table of countries is used, with one warning.
/// </summary>
[Component(ComponentKind.Enricher, "geoip", "Adds the location of an IP address, from a MaxMind database.", Example = "geoip: {field: client_ip, target: geo}")]
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
        var database = GeoDatabase.Open(Database, context.DataFolder);
        if (database.IsBuiltIn)
        {
            context.Warn("geoip: no database is installed, so a small built-in table of countries is used. Install one with: cloudpump geoip install");
        }

        return new Processor(database, new FieldPath(Field, context.Fields), new FieldPath(Target, context.Fields), context.Fields.Id("#geoip"));
    }

    private sealed class Processor(GeoDatabase database, FieldPath field, FieldPath target, ushort scratch) : IProcessor
    {
        public void Process(EventBatch batch)
        {
            foreach (var row in batch.Rows)
            {
                var slot = field.Get(batch, row);
                if (slot.IsText)
                {
                    Enrich(batch, row, slot);
                }
            }
        }

        private void Enrich(EventBatch batch, int row, in Slot address)
        {
            try
            {
                if (!database.TryFindJson(batch.Text(address), out var record))
                {
                    return;
                }

                if (target.IsTopLevel(batch, row, out var id))
                {
                    batch.SetText(row, id, FieldKind.Object, record);
                }
                else
                {
                    batch.SetText(row, scratch, FieldKind.Object, record);
                    target.MoveFrom(batch, row, scratch);
                }
            }
            catch (MmdbException e)
            {
                batch.Fail(row, e.Message);
            }
        }
    }
}
