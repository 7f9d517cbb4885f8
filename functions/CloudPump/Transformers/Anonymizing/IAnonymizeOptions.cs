using CloudPump.Pipelines;

namespace CloudPump.Transformers;

/// <summary>Options of a way to anonymize.</summary>
internal interface IAnonymizeOptions
{
    /// <summary>Makes it run.</summary>
    IAnonymizer Build(BuildContext context);
}
