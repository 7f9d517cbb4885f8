namespace CloudPump.Tests.Infra;

/// <summary>A module used by a Bicep file.</summary>
/// <param name="Name">Its name there.</param>
/// <param name="Path">The file, from the using one's folder.</param>
/// <param name="Given">The parameters it is given.</param>
/// <param name="Line">Where.</param>
internal sealed record BicepModule(string Name, string Path, IReadOnlyList<string> Given, int Line);
