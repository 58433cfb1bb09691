using System.Text;
using Warehouse.Definitions;

namespace Warehouse.Etl.Staging;

/// <summary>
/// Rows of groups that are told in their first row alone: an empty cell counts as the last one of its column within the group.
/// A row in which the first of the columns is empty, or as before, goes on with the group; behind a record that cannot be
/// read nobody knows to which group such a row belongs, and its cells stay empty.
/// </summary>
internal sealed class FilledDownRows : IRowSource
{
    private readonly IRowSource _rows;
    private readonly int[] _fields;
    private readonly byte[][] _told;
    private bool _isKnown;

    /// <param name="rows">The rows as they were written.</param>
    /// <param name="columns">The columns that are told once; the first names the group.</param>
    /// <param name="name">What people call the source.</param>
    /// <exception cref="UserFaultException">It has not each of the columns.</exception>
    public FilledDownRows(IRowSource rows, IReadOnlyList<string> columns, string name)
    {
        _rows = rows;
        _fields = [.. columns.Select(column => rows.Header.ToList().IndexOf(column))];
        if (Array.IndexOf(_fields, -1) is var missing and >= 0 && rows.Header.Count > 0)
        {
            throw new UserFaultException(
                $"{name} has no column \"{columns[missing]}\", which « fill_down » names. {NearNames.Hint(columns[missing], rows.Header, "columns of the file")} Nothing was loaded.");
        }

        _told = [.. columns.Select(_ => Array.Empty<byte>())];
    }

    public IReadOnlyList<string> Header => _rows.Header;

    public IEnumerable<RecordBlock> Read(CancellationToken cancellationToken)
    {
        foreach (var block in _rows.Read(cancellationToken))
        {
            Fill(block);
            yield return block;
        }
    }

    public ValueTask DisposeAsync() => _rows.DisposeAsync();

    private void Fill(RecordBlock block)
    {
        var broken = 0;
        for (var row = 0; row < block.Count; row++)
        {
            for (; broken < block.Broken.Count && block.Broken[broken].Line < block.Line(row); broken++)
            {
                _isKnown = false;
            }

            var group = TextOf(block, row, 0);
            if (group.Length > 0 && !group.SequenceEqual(_told[0]))
            {
                Array.Fill(_told, []);
            }

            _isKnown |= group.Length > 0;

            for (var field = 0; field < _fields.Length && _isKnown; field++)
            {
                if (TextOf(block, row, field) is { Length: > 0 } text)
                {
                    _told[field] = text.SequenceEqual(_told[field]) ? _told[field] : text.ToArray();
                }
                else if (_told[field].Length > 0)
                {
                    block.Put(row, _fields[field], _told[field]);
                }
            }
        }

        _isKnown &= broken == block.Broken.Count;
    }

    private ReadOnlySpan<byte> TextOf(RecordBlock block, int row, int field)
    {
        var text = block.Text(block.Record(row)[_fields[field]]);
        return text[Ascii.Trim(text)];
    }
}
