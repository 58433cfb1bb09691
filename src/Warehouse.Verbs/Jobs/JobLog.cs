using System.Text;
using Warehouse.Verbs.Output;

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

    private sealed class Bytes(JobLog log) : WriteOnlyStream
    {
        private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var letters = new char[_decoder.GetCharCount(buffer.Span, flush: false)];
            _decoder.GetChars(buffer.Span, letters, flush: false);
            log.Write(letters);
            return ValueTask.CompletedTask;
        }
    }
}
