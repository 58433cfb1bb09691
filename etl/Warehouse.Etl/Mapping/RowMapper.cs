using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Warehouse.Etl.Feeds;
using Warehouse.Etl.Mapping.Checks;
using Warehouse.Etl.Mapping.Values;
using Warehouse.Etl.Staging;

namespace Warehouse.Etl.Mapping;

/// <summary>Maps and checks blocks of records that have the same header. Several threads may map at once, a block each.</summary>
internal sealed class RowMapper
{
    private readonly Feed _feed;
    private readonly ColumnMapper[] _columns;
    private readonly FieldText[] _identifiers;
    private readonly IReadOnlyList<RowCheck> _checks;
    private readonly RowFilter? _filter;
    private readonly byte[] _header;

    /// <summary>Prepares for a header.</summary>
    /// <param name="feed">The feed.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="checks">The checks of its rows.</param>
    /// <param name="lookups">What its lookups say.</param>
    /// <param name="header">The names of the columns of the source.</param>
    /// <param name="businessZone">The zone by which an instant has its date.</param>
    public RowMapper(
        Feed feed, IReadOnlyList<MappedColumn> columns, IReadOnlyList<RowCheck> checks, KnownLookups lookups, IReadOnlyList<string> header, TimeZoneInfo businessZone)
    {
        var nulls = new WordSet(feed.Source.Nulls.Where(spelling => spelling.Length > 0));
        var zones = new Dictionary<string, ZoneOffsets>(StringComparer.Ordinal) { [businessZone.Id] = new(businessZone) };
        _feed = feed;
        _checks = checks;
        _header = Encoding.UTF8.GetBytes(string.Join('\0', header));
        _columns = [.. columns.Select(column => new ColumnMapper(column, feed.Source, TextOf, ZoneOf, zones[businessZone.Id]))];
        _filter = feed.Where is { } where ? new RowFilter(TextOf(where)) : null;
        _identifiers = [.. feed.Fills.SelectMany(fill => fill.Identifiers).Select(identifier => TextOf(identifier.Value))];

        FieldText TextOf(ValueSource source) => new(source, column => header.ToList().IndexOf(column), nulls, feed.Source.DecimalComma, source.Lookup is { } lookup ? lookups[lookup] : null);
        ZoneOffsets ZoneOf(string id) => zones.TryGetValue(id, out var zone) ? zone : zones[id] = new ZoneOffsets(TimeZoneInfo.FindSystemTimeZoneById(id));
    }

    /// <summary>Maps a block, which then belongs to the result.</summary>
    public MappedBlock Map(RecordBlock block)
    {
        var hashes = _feed.RejectsDuplicates ? Hashes(block) : [];
        var mapped = new MappedBlock(
            block,
            [.. _columns.Select(column => column.Map(block))],
            [.. _identifiers.Select(identifier => Enumerable.Range(0, block.Count).Select(row => identifier.Of(block, row, out _)).ToArray())],
            new short[block.Count],
            hashes);
        _filter?.Mark(mapped);
        foreach (var check in _checks)
        {
            check.Mark(mapped);
        }

        return mapped;
    }

    /// <summary>The first 128 bits of SHA-256 of each row's fields and their names.</summary>
    private UInt128[] Hashes(RecordBlock block)
    {
        var hashes = new UInt128[block.Count];
        var content = new byte[4096];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        _header.CopyTo(Sized(ref content, 0, _header.Length));
        for (var row = 0; row < hashes.Length; row++)
        {
            var length = _header.Length;
            foreach (var field in block.Record(row))
            {
                var part = Sized(ref content, length, sizeof(int) + field.Length);
                BinaryPrimitives.WriteInt32LittleEndian(part, field.Length);
                block.Text(field).CopyTo(part[sizeof(int)..]);
                length += sizeof(int) + field.Length;
            }

            SHA256.HashData(content.AsSpan(0, length), hash);
            hashes[row] = BinaryPrimitives.ReadUInt128LittleEndian(hash);
        }

        return hashes;
    }

    private static Span<byte> Sized(ref byte[] content, int start, int length)
    {
        if (content.Length < start + length)
        {
            Array.Resize(ref content, Math.Max(content.Length * 2, start + length));
        }

        return content.AsSpan(start, length);
    }
}
