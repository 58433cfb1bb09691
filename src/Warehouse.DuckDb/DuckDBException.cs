using System.Data.Common;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Warehouse.DuckDb;

/// <summary>DuckDB refused or failed. The message is the engine's own; the kind says which sort of failure it is.</summary>
public sealed partial class DuckDBException : DbException
{
    internal DuckDBException(DuckDBErrorKind kind, string message, Exception? cause = null)
        : base(message, cause)
    {
        ErrorKind = kind;
        var holder = LockHolder().Match(message);
        if (holder.Success && int.TryParse(holder.Groups["pid"].ValueSpan, CultureInfo.InvariantCulture, out var pid))
        {
            LockHolderProcessId = pid;
        }
    }

    /// <summary>The sort of failure, for <c>catch (DuckDBException e) when (e.ErrorKind == …)</c>.</summary>
    public DuckDBErrorKind ErrorKind { get; }

    /// <summary>
    /// The process that holds the database file, where the file could not be opened because of it and the operating
    /// system says who it is; otherwise null.
    /// </summary>
    public int? LockHolderProcessId { get; }

    /// <summary>True for a conflict between transactions: the same work may succeed when tried again.</summary>
    public override bool IsTransient => ErrorKind == DuckDBErrorKind.Transaction;

    /// <summary>
    /// The class of the failure as SQL numbers it, for those who know no engine: 22 for values that cannot be computed with, 53200 where
    /// memory is at its end, 57014 for an interruption; null for the others.
    /// </summary>
    public override string? SqlState => ErrorKind switch
    {
        DuckDBErrorKind.OutOfRange => "22003",
        DuckDBErrorKind.DivideByZero => "22012",
        DuckDBErrorKind.Conversion or DuckDBErrorKind.MismatchType or DuckDBErrorKind.Decimal => "22018",
        DuckDBErrorKind.InvalidInput => "22023",
        DuckDBErrorKind.OutOfMemory => "53200",
        DuckDBErrorKind.Interrupt or DuckDBErrorKind.Timeout => "57014",
        _ => null,
    };

    /// <summary>An error of which the engine gives only the text: the kind is named at its start.</summary>
    internal static DuckDBException FromMessage(string message) => new(KindIn(message), message);

    private static DuckDBErrorKind KindIn(string message)
    {
        var end = message.IndexOf(" Error: ", StringComparison.Ordinal);
        return end < 0 ? DuckDBErrorKind.Unknown : message[..end] switch
        {
            "Out of Range" => DuckDBErrorKind.OutOfRange,
            "Conversion" => DuckDBErrorKind.Conversion,
            "Unknown Type" => DuckDBErrorKind.UnknownType,
            "Decimal" => DuckDBErrorKind.Decimal,
            "Mismatch Type" => DuckDBErrorKind.MismatchType,
            "Divide by Zero" => DuckDBErrorKind.DivideByZero,
            "Object Size" => DuckDBErrorKind.ObjectSize,
            "Invalid type" => DuckDBErrorKind.InvalidType,
            "Serialization" => DuckDBErrorKind.Serialization,
            "TransactionContext" => DuckDBErrorKind.Transaction,
            "Not implemented" => DuckDBErrorKind.NotImplemented,
            "Expression" => DuckDBErrorKind.Expression,
            "Catalog" => DuckDBErrorKind.Catalog,
            "Parser" => DuckDBErrorKind.Parser,
            "Planner" => DuckDBErrorKind.Planner,
            "Scheduler" => DuckDBErrorKind.Scheduler,
            "Executor" => DuckDBErrorKind.Executor,
            "Constraint" => DuckDBErrorKind.Constraint,
            "Index" => DuckDBErrorKind.Index,
            "Stat" => DuckDBErrorKind.Statistics,
            "Connection" => DuckDBErrorKind.Connection,
            "Syntax" => DuckDBErrorKind.Syntax,
            "Settings" => DuckDBErrorKind.Settings,
            "Binder" => DuckDBErrorKind.Binder,
            "Optimizer" => DuckDBErrorKind.Optimizer,
            "NullPointer" => DuckDBErrorKind.NullPointer,
            "IO" => DuckDBErrorKind.IO,
            "INTERRUPT" => DuckDBErrorKind.Interrupt,
            "FATAL" => DuckDBErrorKind.Fatal,
            "INTERNAL" => DuckDBErrorKind.Internal,
            "Invalid Input" => DuckDBErrorKind.InvalidInput,
            "Out of Memory" => DuckDBErrorKind.OutOfMemory,
            "Permission" => DuckDBErrorKind.Permission,
            "Parameter Not Resolved" => DuckDBErrorKind.ParameterNotResolved,
            "Parameter Not Allowed" => DuckDBErrorKind.ParameterNotAllowed,
            "Dependency" => DuckDBErrorKind.Dependency,
            "HTTP" => DuckDBErrorKind.Http,
            "Missing Extension" => DuckDBErrorKind.MissingExtension,
            "Extension Autoloading" => DuckDBErrorKind.Autoload,
            "Sequence" => DuckDBErrorKind.Sequence,
            "Invalid Configuration" => DuckDBErrorKind.InvalidConfiguration,
            _ => DuckDBErrorKind.Unknown,
        };
    }

    [GeneratedRegex(@"Conflicting lock is held in .*\(PID (?<pid>\d+)\)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LockHolder();
}
