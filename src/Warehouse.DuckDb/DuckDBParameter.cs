using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Warehouse.DuckDb.Types;

namespace Warehouse.DuckDb;

/// <summary>
/// A value for a statement. It is bound as the DuckDB type that its own CLR type stands for (<c>int</c> as INTEGER,
/// <c>decimal</c> as DECIMAL, <c>DateOnly</c> as DATE, …); null and <see cref="DBNull"/> are NULL.
/// </summary>
public sealed class DuckDBParameter : DbParameter
{
    private string _name = "";
    private string _sourceColumn = "";
    private DbType? _dbType;

    public DuckDBParameter()
    {
    }

    /// <summary>A value for the next <c>?</c>, or for <c>$1</c>, <c>$2</c>, … in the order of the parameters.</summary>
    public DuckDBParameter(object? value) => Value = value;

    /// <summary>A value for <c>$name</c>.</summary>
    public DuckDBParameter(string name, object? value)
    {
        ParameterName = name;
        Value = value;
    }

    /// <summary>The name, with or without a leading <c>$</c> (or <c>@</c> or <c>:</c>); empty for a positional value.</summary>
    [AllowNull]
    public override string ParameterName
    {
        get => _name;
        set => _name = value ?? "";
    }

    /// <inheritdoc/>
    public override object? Value { get; set; }

    /// <summary>
    /// What the value's CLR type stands for. It may be set, as generic callers do, but it has to agree with the value:
    /// the value alone decides how it is bound.
    /// </summary>
    public override DbType DbType
    {
        get => _dbType ?? DbTypes.Of(Value);
        set => _dbType = value;
    }

    /// <summary>Always <see cref="ParameterDirection.Input"/>: DuckDB has no others.</summary>
    /// <exception cref="NotSupportedException">Another direction was set.</exception>
    public override ParameterDirection Direction
    {
        get => ParameterDirection.Input;
        set
        {
            if (value != ParameterDirection.Input)
            {
                throw new NotSupportedException($"DuckDB has input parameters only, not {value}.");
            }
        }
    }

    /// <inheritdoc/>
    public override bool IsNullable { get; set; } = true;

    /// <summary>Not used: a value is bound whole.</summary>
    public override int Size { get; set; }

    /// <inheritdoc/>
    [AllowNull]
    public override string SourceColumn
    {
        get => _sourceColumn;
        set => _sourceColumn = value ?? "";
    }

    /// <inheritdoc/>
    public override bool SourceColumnNullMapping { get; set; }

    /// <summary>The name that a statement calls it by.</summary>
    internal string BareName => _name is ['$' or '@' or ':', .. var bare] ? bare : _name;

    /// <inheritdoc/>
    public override void ResetDbType() => _dbType = null;

    /// <exception cref="InvalidOperationException">A <see cref="DbType"/> was set that the value does not have.</exception>
    internal void RequireAgreement()
    {
        if (_dbType is { } declared && Value is not null and not DBNull && !DbTypes.Agree(declared, Value))
        {
            throw new InvalidOperationException(
                $"Parameter '{_name}' is declared as {nameof(System.Data.DbType)}.{declared}, but its value is a {Value.GetType().Name}, "
                + "and a value is bound by its own type. Convert the value, or leave the declaration away.");
        }
    }
}
