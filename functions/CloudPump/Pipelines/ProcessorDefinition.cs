using CloudPump.Lookups;
using CloudPump.Pipelines.Personal;

namespace CloudPump.Pipelines;

/// <summary>A processor as a pipeline declares it.</summary>
public abstract class ProcessorDefinition : ComponentDefinition
{
    /// <summary>Whether it reads whole documents: as the first processor it then gets a file as one event and not line by line.</summary>
    public virtual bool WholeDocuments => false;

    /// <summary>Tells what the step does to personal fields; by default it leaves them, and makes nothing of them.</summary>
    public virtual void TracePersonal(PersonalFields fields)
    {
    }

    /// <summary>The personal fields, or what is made of them, that the step itself gives to others as they came; asked after <see cref="TracePersonal"/>.</summary>
    public virtual IEnumerable<string> GivesAway(PersonalFields fields, LookupSet lookups) => [];

    /// <summary>Makes the running processor for one pipeline instance.</summary>
    public abstract IProcessor Build(BuildContext context);
}
