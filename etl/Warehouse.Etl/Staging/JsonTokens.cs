using System.Buffers;
using System.Text.Json;

namespace Warehouse.Etl.Staging;

/// <summary>
/// A JSON text (RFC 8259) token by token, of which no more is held than the value that is taken whole. What is no JSON, also
/// behind the first value, is a <see cref="JsonException"/> with its line and place.
/// </summary>
/// <param name="stream">The text in UTF-8, with a byte-order mark or without.</param>
internal sealed class JsonTokens(Stream stream) : IDisposable
{
    /// <summary>How deep values may lie within each other.</summary>
    public const int MostDepth = 512;

    /// <summary>A longer value is not taken whole.</summary>
    public const int LongestValue = 1 << 26;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(1 << 16);
    private JsonReaderState _state = new(new JsonReaderOptions { MaxDepth = MostDepth });
    private int _at;
    private int _end;
    private bool _isAtEnd;
    private bool _hasBegun;

    /// <summary>What was read last.</summary>
    public JsonTokenType Type { get; private set; }

    /// <summary>The name that was read last, where a name was.</summary>
    public string? Name { get; private set; }

    /// <summary>In how many objects and arrays the token lies that was read last.</summary>
    public int Depth { get; private set; }

    /// <summary>Reads the next token; false at the end of the text.</summary>
    /// <exception cref="JsonException">There is none that may stand here.</exception>
    public bool TryRead()
    {
        while (true)
        {
            var reader = Reader();
            if (reader.Read())
            {
                (Type, Depth) = (reader.TokenType, reader.CurrentDepth);
                Name = Type == JsonTokenType.PropertyName ? NameOf(ref reader) : null;
                Leave(ref reader);
                return true;
            }

            if (_isAtEnd)
            {
                return false;
            }

            // What lies before the next token need not be kept.
            Leave(ref reader);
            Fill();
        }
    }

    /// <summary>Reads the next token.</summary>
    /// <exception cref="JsonException">There is none.</exception>
    public JsonTokenType Read() => TryRead() ? Type : throw new JsonException("The text ends before its value does.");

    /// <summary>Moves behind the value whose first token was read last.</summary>
    public void Skip()
    {
        var depth = Depth;
        while (Type is not (JsonTokenType.EndObject or JsonTokenType.EndArray) || Depth > depth)
        {
            if (Depth == depth && Type is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
            {
                return;
            }

            Read();
        }
    }

    /// <summary>Takes the next element of the array in which reading stands whole; null at its end.</summary>
    /// <exception cref="JsonException">It is no JSON, or longer than <see cref="LongestValue"/>.</exception>
    public JsonDocument? TakeElement()
    {
        while (true)
        {
            var reader = Reader();
            if (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.EndArray)
                {
                    (Type, Depth) = (reader.TokenType, reader.CurrentDepth);
                    Leave(ref reader);
                    return null;
                }

                if (JsonDocument.TryParseValue(ref reader, out var document))
                {
                    Leave(ref reader);
                    return document;
                }
            }

            if (_end - _at > LongestValue)
            {
                throw new JsonException(FormattableString.Invariant($"A value is longer than {LongestValue} bytes."));
            }

            Fill();
        }
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        stream.Dispose();
    }

    private Utf8JsonReader Reader()
    {
        if (!_hasBegun)
        {
            _hasBegun = true;
            Fill();
            _at = _buffer.AsSpan(0, _end).StartsWith("\uFEFF"u8) ? "\uFEFF"u8.Length : 0;
        }

        return new Utf8JsonReader(_buffer.AsSpan(_at, _end - _at), _isAtEnd, _state);
    }

    private void Leave(ref Utf8JsonReader reader)
    {
        _at += (int)reader.BytesConsumed;
        _state = reader.CurrentState;
    }

    /// <summary>A name that is no Unicode is none that anybody asks for.</summary>
    private static string? NameOf(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private void Fill()
    {
        if (_at > 0)
        {
            _buffer.AsSpan(_at, _end - _at).CopyTo(_buffer);
            (_at, _end) = (0, _end - _at);
        }

        if (_end == _buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
            _buffer.CopyTo(larger, 0);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        var room = _buffer.AsSpan(_end);
        var read = stream.ReadAtLeast(room, room.Length, throwOnEndOfStream: false);
        _isAtEnd = read < room.Length;
        _end += read;
    }
}
