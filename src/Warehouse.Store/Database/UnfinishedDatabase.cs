using System.Globalization;

namespace Warehouse.Store;

/// <summary>Databases that were being made when their process was killed: beside the database, with the process's number in their name.</summary>
internal static class UnfinishedDatabase
{
    /// <summary>Removes those whose process is no more.</summary>
    public static void Sweep(string databasePath)
    {
        var name = Path.GetFileName(databasePath);
        foreach (var path in Directory.EnumerateFiles(Path.GetDirectoryName(databasePath)!, name + ".*.new*"))
        {
            var process = Path.GetFileName(path)[(name.Length + 1)..].Split('.')[0];
            if (int.TryParse(process, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && !RunningProcess.Exists(id))
            {
                File.Delete(path);
            }
        }
    }
}
