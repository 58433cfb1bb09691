using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Warehouse.Service.Operations;

/// <summary>Adds up what this service's meters tell, and writes it as Prometheus reads it (text format 0.0.4).</summary>
internal sealed class Measurements : IDisposable
{
    /// <summary>The content type of that text.</summary>
    public const string MediaType = "text/plain; version=0.0.4; charset=utf-8";

    private static readonly double[] SecondsBounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 3600];
    private static readonly string[] Meters = [ServiceMeter.Name, "Warehouse.Cubes", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.RateLimiting", "Microsoft.AspNetCore.Server.Kestrel"];

    /// <summary>What tells of the caller's connection, or grows without an end.</summary>
    private static readonly string[] Withheld = ["server.address", "server.port", "url.scheme", "network.protocol.version", "network.protocol.name", "network.type", "network.transport", "aspnetcore.rate_limiting.policy"];

    private readonly ConcurrentDictionary<(string Name, string Labels), Series> _series = new();
    private readonly MeterListener _listener = new();

    public Measurements(IMeterFactory meters)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (Meters.Contains(instrument.Meter.Name) && (instrument.Meter.Scope is null || ReferenceEquals(instrument.Meter.Scope, meters)))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>Everything as it is now.</summary>
    public string Text()
    {
        _listener.RecordObservableInstruments();
        var text = new StringBuilder();
        foreach (var metric in _series.Values.GroupBy(series => series.Name).OrderBy(metric => metric.Key, StringComparer.Ordinal))
        {
            var first = metric.First();
            text.Append(CultureInfo.InvariantCulture, $"# HELP {first.Name} {first.Help}\n# TYPE {first.Name} {first.Kind}\n");
            foreach (var series in metric.OrderBy(series => series.Labels, StringComparer.Ordinal))
            {
                series.WriteTo(text);
            }
        }

        return text.ToString();
    }

    public void Dispose() => _listener.Dispose();

    private void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = Labels(tags);
        var series = _series.GetOrAdd((instrument.Name, labels), static (key, instrument) => new Series(instrument, key.Labels), instrument);
        series.Take(value);
    }

    private static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = new List<string>();
        foreach (var (name, value) in tags)
        {
            if (!Withheld.Contains(name))
            {
                labels.Add($"{Word(name)}=\"{Escaped(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "")}\"");
            }
        }

        labels.Sort(StringComparer.Ordinal);
        return string.Join(',', labels);
    }

    private static string Word(string name) => name.Replace('.', '_').Replace('-', '_');

    private static string Escaped(string value) =>
        value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    /// <summary>One instrument under one set of labels.</summary>
    private sealed class Series
    {
        private readonly Lock _gate = new();
        private readonly bool _adds;
        private readonly long[] _buckets = [];
        private double _value;
        private long _count;

        public Series(Instrument instrument, string labels)
        {
            var type = instrument.GetType().Name.Split('`')[0];
            Kind = type switch { "Histogram" => "histogram", "Counter" or "ObservableCounter" => "counter", _ => "gauge" };
            _adds = type is "Counter" or "UpDownCounter" or "Histogram";
            _buckets = Kind == "histogram" ? new long[SecondsBounds.Length] : [];
            Name = Word(instrument.Name) + (instrument.Unit == "s" ? "_seconds" : "") + (Kind == "counter" ? "_total" : "");
            Help = instrument.Description ?? instrument.Name;
            Labels = labels;
        }

        public string Name { get; }

        public string Kind { get; }

        public string Help { get; }

        public string Labels { get; }

        public void Take(double value)
        {
            lock (_gate)
            {
                _value = _adds ? _value + value : value;
                _count++;
                for (var place = 0; place < _buckets.Length; place++)
                {
                    _buckets[place] += value <= SecondsBounds[place] ? 1 : 0;
                }
            }
        }

        public void WriteTo(StringBuilder text)
        {
            lock (_gate)
            {
                if (Kind != "histogram")
                {
                    text.Append(CultureInfo.InvariantCulture, $"{Name}{Braced(Labels)} {_value}\n");
                    return;
                }

                for (var place = 0; place < _buckets.Length; place++)
                {
                    text.Append(CultureInfo.InvariantCulture, $"{Name}_bucket{Braced(With($"le=\"{SecondsBounds[place].ToString(CultureInfo.InvariantCulture)}\""))} {_buckets[place]}\n");
                }

                text.Append(CultureInfo.InvariantCulture, $"{Name}_bucket{Braced(With("le=\"+Inf\""))} {_count}\n{Name}_sum{Braced(Labels)} {_value}\n{Name}_count{Braced(Labels)} {_count}\n");
            }
        }

        private string With(string label) => Labels.Length == 0 ? label : $"{Labels},{label}";

        private static string Braced(string labels) => labels.Length == 0 ? "" : $"{{{labels}}}";
    }
}
