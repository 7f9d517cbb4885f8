using CloudPump.Pipelines;

namespace CloudPump.Lookups;

/// <summary>A component that uses a lookup, and can tell from the lookup's definition what is wrong with its own.</summary>
internal interface ILookupUser
{
    /// <summary>Checks the options against the lookup that they name.</summary>
    void CheckLookup(LookupDefinition lookup, CheckReport report);
}
