using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Warehouse.DuckDb.Native;

namespace Warehouse.DuckDb;

/// <summary>How DuckDB writes names: the one place where an identifier becomes SQL.</summary>
public sealed class DuckDBCommandBuilder : DbCommandBuilder
{
    private const string Mark = "\"";
    private const string DoubledMark = "\"\"";

    public DuckDBCommandBuilder()
    {
        QuotePrefix = Mark;
        QuoteSuffix = Mark;
    }

    /// <inheritdoc/>
    [AllowNull]
    public override string QuotePrefix
    {
        get => base.QuotePrefix;
        set => base.QuotePrefix = OnlyMark(value);
    }

    /// <inheritdoc/>
    [AllowNull]
    public override string QuoteSuffix
    {
        get => base.QuoteSuffix;
        set => base.QuoteSuffix = OnlyMark(value);
    }

    /// <summary>
    /// One name (a schema, a table or a column, not a path of them) as SQL: always in double quotes, so that it is never
    /// a keyword, and with the quotes within it doubled, so that it never ends early.
    /// </summary>
    /// <exception cref="ArgumentException">The name is empty, holds a NUL, or is not valid Unicode.</exception>
    public override string QuoteIdentifier(string unquotedIdentifier) => Quote(unquotedIdentifier);

    /// <summary>The name that a quoted identifier stands for; a name without quotes stands for itself.</summary>
    /// <exception cref="ArgumentException">The quotes do not match, or a quote within them is not doubled.</exception>
    public override string UnquoteIdentifier(string quotedIdentifier)
    {
        ArgumentNullException.ThrowIfNull(quotedIdentifier);
        if (!quotedIdentifier.Contains('"', StringComparison.Ordinal))
        {
            return quotedIdentifier;
        }

        var isQuoted = quotedIdentifier.Length > 2
            && quotedIdentifier.StartsWith('"')
            && quotedIdentifier.EndsWith('"');
        var inner = isQuoted ? quotedIdentifier[1..^1] : "";
        var name = inner.Replace(DoubledMark, "", StringComparison.Ordinal);
        return isQuoted && !name.Contains('"', StringComparison.Ordinal)
            ? inner.Replace(DoubledMark, Mark, StringComparison.Ordinal)
            : throw new ArgumentException($"{quotedIdentifier} is not an identifier in double quotes with the quotes within it doubled.", nameof(quotedIdentifier));
    }

    internal static string Quote(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        _ = NativeText.ZeroTerminated(name, "An identifier");
        return $"\"{name.Replace(Mark, DoubledMark, StringComparison.Ordinal)}\"";
    }

    /// <inheritdoc/>
    protected override void ApplyParameterInfo(DbParameter parameter, DataRow row, StatementType statementType, bool whereClause)
    {
        // A parameter's type is its value's.
    }

    /// <inheritdoc/>
    protected override string GetParameterName(int parameterOrdinal) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"p{parameterOrdinal}");

    /// <inheritdoc/>
    protected override string GetParameterName(string parameterName) => parameterName;

    /// <inheritdoc/>
    protected override string GetParameterPlaceholder(int parameterOrdinal) => $"${GetParameterName(parameterOrdinal)}";

    /// <inheritdoc/>
    protected override void SetRowUpdatingHandler(DbDataAdapter adapter) =>
        throw new NotSupportedException("The provider has no data adapter: write with a DuckDBAppender or with INSERT, UPDATE and MERGE.");

    private static string OnlyMark(string? mark) => string.Equals(mark, Mark, StringComparison.Ordinal)
        ? Mark
        : throw new ArgumentException("DuckDB quotes identifiers with a double quote and nothing else.");
}
