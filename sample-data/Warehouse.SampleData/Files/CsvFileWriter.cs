using System.Collections;
using System.Text;
using Warehouse.SampleData.Chance;
using Warehouse.SampleData.Dirt;

namespace Warehouse.SampleData.Files;

/// <summary>Writes the rows of one file as they come, plants faults, and counts.</summary>
internal sealed class CsvFileWriter(
    CsvDataSet dataSet, CsvFile file, Stream output, BitArray customers, FaultLog log, Rng rng)
{
    private readonly byte[] _lineEnd = file.Style.HasCrLf ? "\r\n"u8.ToArray() : "\n"u8.ToArray();
    private readonly Queue<FaultRecipe> _waiting = new();
    private long _rows;
    private long _rejected;
    private long _duplicates;
    private long _netTenThousandths;
    private long _orders;
    private long _returnLines;
    private long _line = 1;
    private long _lastGroup = -1;

    public void WriteHeader()
    {
        if (file.Style.HasByteOrderMark)
        {
            output.Write(Encoding.UTF8.Preamble);
            Log("byte_order_mark", 1);
        }

        if (file.Style.Encoding.CodePage != Encoding.UTF8.CodePage)
        {
            Log("windows_1252", 1);
        }

        if (file.Style.HasCrLf)
        {
            Log("crlf_line_ends", 1);
        }

        WriteLine(Encoding.UTF8.GetBytes(Csv.Row(dataSet.Columns)));
    }

    public void WriteRow(RowHeader header, ReadOnlySpan<byte> text, FaultRecipe? fault)
    {
        if (header.Marks.HasFlag(RowMarks.LateRegistration))
        {
            Log("late_registration", _line, Outcome.Keep, "registered_on");
        }

        if (fault is not null)
        {
            _waiting.Enqueue(fault);
        }

        if (_waiting.Count == 0 || !TrySpoil(header, text))
        {
            Count(header, Outcome.Keep, losesCustomer: false);
            WriteLine(text);
        }
    }

    public void WriteEnd()
    {
        for (var i = 0; i < file.Style.EmptyLinesAtEnd; i++)
        {
            Log("empty_line_at_end", _line);
            WriteLine([]);
        }
    }

    public FileTotals Totals() => new()
    {
        File = file.Path,
        Rows = _rows,
        Rejected = _rejected,
        Duplicates = _duplicates,
        Sales = !dataSet.HasSales ? null : new SalesTotals
        {
            NetGbp = _netTenThousandths / 10_000m,
            Orders = _orders,
            ReturnLines = _returnLines,
            Customers = customers.Cast<bool>().Count(isThere => isThere),
        },
    };

    private bool TrySpoil(RowHeader header, ReadOnlySpan<byte> text)
    {
        var original = Encoding.UTF8.GetString(text);
        var fields = Csv.Fields(original);
        var fault = _waiting.Peek();
        if (!fault.Suits(fields))
        {
            return false;
        }

        _waiting.Dequeue();
        if (fault.Place == FaultPlace.AfterRow)
        {
            Count(header, Outcome.Keep, losesCustomer: false);
            WriteLine(text);
        }

        var spoilt = fault.Spoil(fields, rng);
        var keepsOriginal = fault.Place == FaultPlace.InRow;
        log.Add(new Fault(
            file.Path, _line, fault.Kind, fault.Column, fault.Outcome, keepsOriginal ? original : null,
            keepsOriginal ? header.NetTenThousandths : 0));
        Count(header, fault.Outcome, fault.LosesCustomer);
        WriteLine(Encoding.UTF8.GetBytes(spoilt));
        return true;
    }

    private void Count(RowHeader header, Outcome outcome, bool losesCustomer)
    {
        _rows++;
        switch (outcome)
        {
            case Outcome.Reject:
                _rejected++;
                return;
            case Outcome.Duplicate:
                _duplicates++;
                return;
        }

        _netTenThousandths += header.NetTenThousandths;
        if (header.Marks.HasFlag(RowMarks.Return))
        {
            _returnLines++;
        }
        else if (header.Group != _lastGroup)
        {
            _orders++;
            _lastGroup = header.Group;
        }

        if (header.Marks.HasFlag(RowMarks.KnownCustomer) && !losesCustomer)
        {
            customers[header.Person] = true;
        }
    }

    private void Log(string kind, long line, Outcome outcome = Outcome.NoRow, string? column = null) =>
        log.Add(new Fault(file.Path, line, kind, column, outcome, null, 0));

    private void WriteLine(ReadOnlySpan<byte> utf8)
    {
        output.Write(file.Style.Encoding.CodePage == Encoding.UTF8.CodePage
            ? utf8
            : Encoding.Convert(Encoding.UTF8, file.Style.Encoding, utf8.ToArray()));
        output.Write(_lineEnd);
        _line += 1 + utf8.Count((byte)'\n');
    }
}
