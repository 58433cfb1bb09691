namespace Warehouse.Etl.Staging;

/// <summary>Text whose fields are separated by runs of blanks, with one delimiter in place of each; blanks around a line are left out.</summary>
internal sealed class BlankRunsStream(Stream text) : ForwardStream(text)
{
    /// <summary>What stands in place of a run.</summary>
    public const char Delimiter = '\t';

    private readonly Stream _text = text;
    private readonly byte[] _read = new byte[1 << 16];
    private int _at;
    private int _end;
    private bool _isInLine;
    private bool _isAfterBlank;

    public override int Read(Span<byte> buffer)
    {
        var written = 0;
        while (written < buffer.Length && (_at < _end || (written == 0 && TryFill())))
        {
            var sign = _read[_at];
            if (sign is (byte)' ' or (byte)'\t')
            {
                _isAfterBlank = true;
                _at++;
            }
            else if (_isAfterBlank && _isInLine && sign is not ((byte)'\r' or (byte)'\n'))
            {
                buffer[written++] = (byte)Delimiter;
                _isAfterBlank = false;
            }
            else
            {
                buffer[written++] = sign;
                _isInLine = sign is not ((byte)'\r' or (byte)'\n');
                _isAfterBlank = false;
                _at++;
            }
        }

        return written;
    }

    private bool TryFill()
    {
        (_at, _end) = (0, _text.Read(_read));
        return _end > 0;
    }
}
