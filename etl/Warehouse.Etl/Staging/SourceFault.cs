using Warehouse.Definitions;

namespace Warehouse.Etl.Staging;

/// <summary>Says what is wrong with a file that cannot be read.</summary>
internal static class SourceFault
{
    /// <summary>Runs what reads a file.</summary>
    /// <exception cref="UserFaultException">It cannot be read.</exception>
    public static T Guarded<T>(string name, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception fault) when (IsOfSource(fault))
        {
            throw Of(name, fault);
        }
    }

    /// <summary>Whether a fault is the file's, not the program's.</summary>
    public static bool IsOfSource(Exception fault) => fault is InvalidDataException or IOException or UnauthorizedAccessException;

    /// <summary>The fault as the user is told of it.</summary>
    public static UserFaultException Of(string name, Exception fault) => fault switch
    {
        InvalidDataException => new UserFaultException($"{name} cannot be unpacked: it is no whole gzip file, or no honest one. {fault.Message} Nothing was loaded.", fault),
        FileNotFoundException or DirectoryNotFoundException => new UserFaultException($"There is no file {name}. Nothing was loaded.", fault),
        _ => new UserFaultException($"{name} cannot be read: {fault.Message} Nothing was loaded.", fault),
    };
}
