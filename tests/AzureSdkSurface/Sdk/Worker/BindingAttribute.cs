namespace Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Method | AttributeTargets.Property)]
public abstract class BindingAttribute : Attribute
{
    public BindingAttribute()
    {
    }
}
