using System.Diagnostics;

namespace Warehouse.Store;

/// <summary>Whether the process that left something behind still runs.</summary>
public static class RunningProcess
{
    /// <summary>Whether a process of this machine has the number and has not ended.</summary>
    public static bool Exists(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
