using Warehouse.DuckDb;

namespace Warehouse.SampleData.Tables;

/// <summary>
/// A table that becomes a Parquet file. <c>Sql/NAME.sql</c> makes the table NAME and the view NAME_file, whose rows are the
/// file's.
/// </summary>
internal sealed class ParquetTable<T> : IDisposable
    where T : IParquetRow
{
    private readonly DuckDBConnection _connection;
    private readonly DuckDBAppender _appender;
    private readonly string _name;

    public ParquetTable(DuckDBConnection connection, string name)
    {
        (_connection, _name) = (connection, name);
        connection.Execute(SqlFile.Read(name));
        _appender = connection.CreateAppender(name);
    }

    public long Rows { get; private set; }

    public void Append(T item)
    {
        var row = _appender.CreateRow();
        item.AppendTo(row);
        row.EndRow();
        Rows++;
    }

    public ParquetTable<T> Append(IEnumerable<T> items)
    {
        foreach (var item in items)
        {
            Append(item);
        }

        return this;
    }

    /// <summary>Ends the appending.</summary>
    public void Close() => _appender.Close();

    /// <summary>Ends the appending and writes the file.</summary>
    public void Write(string folder, string file)
    {
        Close();
        _connection.Copy($"{_name}_file", Path.Combine(folder, file));
    }

    public void Dispose() => _appender.Dispose();
}
