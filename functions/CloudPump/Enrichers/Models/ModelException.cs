namespace CloudPump.Enrichers.Models;

/// <summary>A model file that cannot be used.</summary>
/// <param name="path">Where in the file, such as `trees[0].left[3]`; empty for the file as a whole.</param>
/// <param name="message">What is wrong there.</param>
public sealed class ModelException(string path, string message) : Exception(path.Length == 0 ? message : $"{path}: {message}");
