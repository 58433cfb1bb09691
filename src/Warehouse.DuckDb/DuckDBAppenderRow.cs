using System.Runtime.CompilerServices;
using Warehouse.DuckDb.Appending;

namespace Warehouse.DuckDb;

/// <summary>The row that an appender is being given: a value for each column in turn, then <see cref="EndRow"/>.</summary>
public sealed class DuckDBAppenderRow
{
    private readonly DuckDBAppender _appender;
    private ColumnWriter[] _columns = [];
    private int _row;
    private int _next;

    internal DuckDBAppenderRow(DuckDBAppender appender) => _appender = appender;

    internal bool IsOpen { get; private set; }

    /// <summary>The next column's value: any type that a parameter may have, or null.</summary>
    /// <exception cref="InvalidCastException">The column's type is not written from a <typeparamref name="T"/>.</exception>
    /// <exception cref="OverflowException">The column does not hold the value.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DuckDBAppenderRow AppendValue<T>(T value)
    {
        Next().Write(_row, value);
        _next++;
        return this;
    }

    /// <summary>The next column's value, or NULL.</summary>
    public DuckDBAppenderRow AppendValue<T>(T? value)
        where T : struct => value is { } present ? AppendValue(present) : AppendNullValue();

    /// <summary>The next column's text, or NULL.</summary>
    public DuckDBAppenderRow AppendValue(string? value) => value is null ? AppendNullValue() : AppendText(value);

    /// <summary>The next column's text, without a string of its own.</summary>
    public DuckDBAppenderRow AppendText(ReadOnlySpan<char> value)
    {
        TextWriters.Text(Next(), _row, value);
        _next++;
        return this;
    }

    /// <summary>The next column's text as UTF-8.</summary>
    /// <exception cref="ArgumentException">The bytes are not UTF-8.</exception>
    public DuckDBAppenderRow AppendUtf8Text(ReadOnlySpan<byte> value)
    {
        TextWriters.Utf8Text(Next(), _row, value);
        _next++;
        return this;
    }

    /// <summary>The next column's bytes.</summary>
    public DuckDBAppenderRow AppendBlob(ReadOnlySpan<byte> value)
    {
        TextWriters.Blob(Next(), _row, value);
        _next++;
        return this;
    }

    /// <summary>NULL for the next column.</summary>
    public DuckDBAppenderRow AppendNullValue()
    {
        Next().PutNull(_row);
        _next++;
        return this;
    }

    /// <summary>The next column's own default, NULL where it has none.</summary>
    /// <exception cref="DuckDBException">The default is not a constant (a sequence, the time now): the engine has it from INSERT only.</exception>
    public DuckDBAppenderRow AppendDefault()
    {
        _ = Next();
        _appender.AppendDefault(_next++, _row);
        return this;
    }

    /// <summary>Completes the row.</summary>
    /// <exception cref="InvalidOperationException">A column has no value yet.</exception>
    public void EndRow()
    {
        if (!IsOpen || _next != _columns.Length)
        {
            ThrowIncomplete();
        }

        IsOpen = false;
        _appender.RowEnded();
    }

    /// <summary>Gives up what the row has been given, for instance after a value was refused; the next row takes its place.</summary>
    public void Abandon() => IsOpen = false;

    internal void Begin(ColumnWriter[] columns, int row)
    {
        if (IsOpen)
        {
            throw new InvalidOperationException("The row before has been neither ended nor abandoned.");
        }

        (_columns, _row, _next, IsOpen) = (columns, row, 0, true);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ColumnWriter Next()
    {
        if (!IsOpen || (uint)_next >= (uint)_columns.Length)
        {
            ThrowTooMany();
        }

        return _columns[_next];
    }

    private void ThrowTooMany() => throw new InvalidOperationException(IsOpen
        ? $"The row has all its {_columns.Length} values: end it."
        : "The row has been ended: create another.");

    private void ThrowIncomplete() => throw new InvalidOperationException(IsOpen
        ? $"The row has {_next} values and the table {_columns.Length} columns: the next one is '{_columns[_next].Path}'."
        : "The row has been ended: create another.");
}
