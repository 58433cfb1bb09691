using System.Buffers.Binary;
using Warehouse.DuckDb.Execution;

namespace Warehouse.DuckDb.Arrow;

/// <summary>
/// Writes a result as an Arrow IPC stream: the schema, the names of its ENUMs, and record batches of 65,536 rows, or
/// fewer where their texts are long.
/// </summary>
internal sealed class ArrowStream
{
    private const int RowsPerBatch = 65_536;
    private const long BytesPerBatch = 256L << 20;
    private const int Alignment = 64;
    private const short FormatVersion5 = 4;
    private const byte SchemaHeader = 1;
    private const byte DictionaryHeader = 2;
    private const byte BatchHeader = 3;

    private static readonly byte[] Padding = new byte[Alignment];

    private readonly Stream _stream;
    private readonly List<ArrowDictionary> _dictionaries = [];
    private readonly ArrowField[] _fields;

    public ArrowStream(Stream stream, ResultColumn[] columns)
    {
        _stream = stream;
        _fields = Array.ConvertAll(columns, column => ArrowField.Of(column.Name, column.Type, column.Name, _dictionaries));
    }

    /// <param name="result">The rows.</param>
    /// <param name="rowsInHand">How many rows of the current chunk are not taken yet.</param>
    /// <param name="fetch">Brings the next chunk and says how many rows it has; 0 at the end.</param>
    /// <param name="cancellationToken">Stops it between two chunks.</param>
    /// <returns>How many rows were written.</returns>
    public async Task<long> WriteAsync(QueryResult result, int rowsInHand, Func<CancellationToken, int> fetch, CancellationToken cancellationToken)
    {
        await WriteSchemaAsync(cancellationToken);
        long total = 0;
        for (var rows = await FillAsync(); rows > 0; rows = await FillAsync())
        {
            total += rows;
            await WriteBatchAsync(rows, cancellationToken);
        }

        await _stream.WriteAsync(new byte[] { 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0 }, cancellationToken);
        await _stream.FlushAsync(cancellationToken);
        return total;

        Task<int> FillAsync() => Task.Run(Fill, cancellationToken);

        int Fill()
        {
            var rows = 0;
            while (rows < RowsPerBatch && Array.TrueForAll(_fields, field => field.Column.VariableBytes < BytesPerBatch))
            {
                var count = rowsInHand > 0 ? rowsInHand : fetch(cancellationToken);
                rowsInHand = 0;
                if (count == 0)
                {
                    break;
                }

                for (var index = 0; index < _fields.Length; index++)
                {
                    _fields[index].Column.Append(result.Vectors[index], 0, count);
                }

                rows += count;
            }

            return rows;
        }
    }

    private async Task WriteSchemaAsync(CancellationToken cancellationToken)
    {
        var buffer = new FlatBuffer();
        var fields = buffer.References(Array.ConvertAll(_fields, field => field.Write(buffer)));
        var schema = buffer.Table(FlatField.Short(0), FlatField.To(fields));
        await WriteMessageAsync(buffer, SchemaHeader, schema, [], cancellationToken);
        foreach (var dictionary in _dictionaries)
        {
            var (nodes, buffers) = dictionary.Batch();
            buffer = new FlatBuffer();
            var batch = Batch(buffer, nodes[0].Length, nodes, buffers);
            var header = buffer.Table(FlatField.Long(dictionary.Id), FlatField.To(batch), FlatField.Bool(false));
            await WriteMessageAsync(buffer, DictionaryHeader, header, buffers, cancellationToken);
        }
    }

    private async Task WriteBatchAsync(int rows, CancellationToken cancellationToken)
    {
        var nodes = new List<(long Length, long Nulls)>();
        var buffers = new List<ArrowBuffer>();
        Array.ForEach(_fields, field => field.Column.Describe(nodes, buffers));
        var buffer = new FlatBuffer();
        var batch = Batch(buffer, rows, nodes, buffers);
        await WriteMessageAsync(buffer, BatchHeader, batch, buffers, cancellationToken);
        Array.ForEach(_fields, field => field.Column.Clear());
    }

    private static int Batch(FlatBuffer buffer, long rows, List<(long Length, long Nulls)> nodes, List<ArrowBuffer> buffers)
    {
        var places = new List<(long Offset, long Length)>(buffers.Count);
        long offset = 0;
        foreach (var part in buffers)
        {
            places.Add((offset, part.Length));
            offset += Padded(part.Length);
        }

        var buffersVector = buffer.Pairs(places);
        var nodesVector = buffer.Pairs(nodes);
        return buffer.Table(FlatField.Long(rows), FlatField.To(nodesVector), FlatField.To(buffersVector));
    }

    /// <summary>A message: a mark, the length of its description, the description, and the bytes that it describes.</summary>
    private async Task WriteMessageAsync(FlatBuffer buffer, byte headerType, int header, List<ArrowBuffer> body, CancellationToken cancellationToken)
    {
        var message = buffer.Finish(buffer.Table(
            FlatField.Short(FormatVersion5),
            FlatField.Byte(headerType),
            FlatField.To(header),
            FlatField.Long(body.Sum(part => Padded(part.Length)))));
        var prefix = new byte[8];
        BinaryPrimitives.WriteUInt32LittleEndian(prefix, uint.MaxValue);
        var padding = (int)(Padded(prefix.Length + message.Length) - prefix.Length - message.Length);
        BinaryPrimitives.WriteInt32LittleEndian(prefix.AsSpan(sizeof(int)), message.Length + padding);
        await _stream.WriteAsync(prefix, cancellationToken);
        await _stream.WriteAsync(message, cancellationToken);
        await _stream.WriteAsync(Padding.AsMemory(0, padding), cancellationToken);
        foreach (var part in body)
        {
            await _stream.WriteAsync(part.Memory, cancellationToken);
            await _stream.WriteAsync(Padding.AsMemory(0, (int)(Padded(part.Length) - part.Length)), cancellationToken);
        }
    }

    private static long Padded(long length) => (length + Alignment - 1) / Alignment * Alignment;
}
