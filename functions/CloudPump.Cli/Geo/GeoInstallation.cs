namespace CloudPump.Cli.Geo;

/// <summary>What was installed.</summary>
/// <param name="Package">The npm package.</param>
/// <param name="Version">Its version.</param>
/// <param name="License">The licence its publisher names, to be shown to the user.</param>
/// <param name="Files">The installed database files.</param>
/// <param name="DownloadedBytes">Size of the download.</param>
public sealed record GeoInstallation(string Package, string Version, string License, IReadOnlyList<string> Files, long DownloadedBytes);
