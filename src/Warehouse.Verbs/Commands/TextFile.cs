using Warehouse.Definitions;

namespace Warehouse.Verbs.Commands;

/// <summary>A text that lies in a file.</summary>
internal static class TextFile
{
    /// <summary>Reads it.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="name">How faults name it.</param>
    /// <param name="stop">Stops the reading.</param>
    /// <exception cref="UserFaultException">It cannot be read.</exception>
    public static async Task<string> ReadAsync(string path, string name, CancellationToken stop)
    {
        try
        {
            return await File.ReadAllTextAsync(path, stop);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UserFaultException($"{name} cannot be read: {fault.Message}", fault);
        }
    }
}
