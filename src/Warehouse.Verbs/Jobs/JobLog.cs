using System.Text;

namespace Warehouse.Verbs.Jobs;

/// <summary>What a run says, up to a length that a ledger can hold; beyond it nothing more is kept.</summary>
internal sealed class JobLog : TextWriter
{
    private const int Most = 64 * 1024;
    private readonly StringBuilder _text = new();
    private readonly Lock _gate = new();

    public JobLog() => NewLine = "\n";

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value) => Write(new ReadOnlySpan<char>(in value));

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(string? value) => Write(value.AsSpan());

    public override void Write(ReadOnlySpan<char> buffer)
    {
        lock (_gate)
        {
            if (_text.Length < Most)
            {
                _text.Append(buffer[..Math.Min(buffer.Length, Most - _text.Length)]);
                if (_text.Length == Most)
                {
                    _text.Append("…\n");
                }
            }
        }
    }

    public override string ToString()
    {
        lock (_gate)
        {
            return _text.ToString();
        }
    }

    /// <summary>A stream whose bytes are text of the log.</summary>
    public Stream AsStream() => new Bytes(this);

    private sealed class Bytes(JobLog log) : Stream
    {
        private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count)
        {
            var letters = new char[_decoder.GetCharCount(buffer, offset, count)];
            _decoder.GetChars(buffer, offset, count, letters, 0);
            log.Write(letters);
        }
    }
}
