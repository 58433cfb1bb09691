namespace Warehouse.Verbs.Output;

/// <summary>What the command line tells the shell.</summary>
internal static class ExitCode
{
    /// <summary>It is done.</summary>
    public const int Done = 0;

    /// <summary>It could not be done; nothing was changed.</summary>
    public const int Impossible = 1;

    /// <summary>The command was wrong.</summary>
    public const int WrongCommand = 2;

    /// <summary>It is done, but more data was rejected than the feed allows, or a claim was refused.</summary>
    public const int DoneWithReserve = 3;
}
