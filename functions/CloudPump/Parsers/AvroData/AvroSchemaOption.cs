using System.Text;
using CloudPump.Pipelines;

namespace CloudPump.Parsers.AvroData;

/// <summary>A schema as an option gives it: JSON text, or a file relative to the pipeline file.</summary>
internal static class AvroSchemaOption
{
    /// <summary>Reads the schema.</summary>
    /// <exception cref="AvroSchemaException">It cannot be read, or is wrong.</exception>
    public static AvroSchema Load(ComponentDefinition component, string option)
    {
        var text = option.AsSpan().TrimStart();
        if (text.Length > 0 && text[0] is '{' or '[' or '"')
        {
            return AvroSchemaReader.Read(Encoding.UTF8.GetBytes(option));
        }

        var path = Path.GetFullPath(option, Path.GetDirectoryName(Path.GetFullPath(component.Location.File ?? "code"))!);
        try
        {
            return AvroSchemaReader.Read(File.ReadAllBytes(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AvroSchemaException($"The schema '{option}' cannot be read: {(e is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : e.Message)}.");
        }
    }

    /// <summary>Reads an option's schema, and reports what is wrong with it; null when it is wrong or not given.</summary>
    public static AvroSchema? Check(ComponentDefinition component, string name, string? option, CheckReport report)
    {
        try
        {
            return option is null ? null : Load(component, option);
        }
        catch (AvroSchemaException e)
        {
            report.Error(component, name, e.Message);
            return null;
        }
    }
}
