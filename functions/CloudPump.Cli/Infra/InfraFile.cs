using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CloudPump.Cli.Infra;

/// <summary>A file that is made from the pipelines.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Content">What must be in it.</param>
internal sealed record InfraFile(string Path, string Content)
{
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Whether the file on disk is the one wanted. Line ends do not count: a checkout may have changed them.</summary>
    public bool IsCurrent => File.Exists(Path) && File.ReadAllText(Path).ReplaceLineEndings("\n") == Content;

    /// <summary>A file of JSON.</summary>
    public static InfraFile Json(string path, JsonNode content) => new(path, content.ToJsonString(Format) + "\n");

    /// <summary>Writes the file, with its folder.</summary>
    public void Write()
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Path))!);
        File.WriteAllText(Path, Content);
    }
}
