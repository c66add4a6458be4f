using System.Globalization;
using System.Net;
using System.Text;

namespace MiStore.Rehearsal.Report;

/// <param name="Color">A custom property of the page, such as --one.</param>
public sealed record Series(string Name, string Color, IReadOnlyList<(double X, double Y)> Points);

/// <summary>Pictures as SVG inside the page: nothing to load, and light or dark as the reader has it.</summary>
public static class Chart
{
    const double Width = 720, Height = 260, Left = 56, Right = 16, Top = 12, Bottom = 40;

    public static string Lines(string title, string xUnit, string yUnit, params IReadOnlyList<Series> series) =>
        Frame(title, xUnit, yUnit, series, (one, x, y) =>
            $"""<polyline fill="none" stroke="var({one.Color})" stroke-width="2" points="{string.Join(' ', one.Points.Select(point => $"{N(x(point.X))},{N(y(point.Y))}"))}"/>""");

    public static string Dots(string title, string xUnit, string yUnit, params IReadOnlyList<Series> series) =>
        Frame(title, xUnit, yUnit, series, (one, x, y) =>
            string.Concat(one.Points.Select(point => $"""<circle cx="{N(x(point.X))}" cy="{N(y(point.Y))}" r="2" fill="var({one.Color})" fill-opacity=".55"/>""")));

    /// <summary>One bar for each word, the longest first.</summary>
    public static string Bars(string title, IEnumerable<(string Name, int Count)> bars)
    {
        var sorted = bars.OrderByDescending(bar => bar.Count).ToList();
        var most = Math.Max(1, sorted.Select(bar => bar.Count).DefaultIfEmpty().Max());
        var height = Math.Max(1, sorted.Count) * 30 + 10;
        var svg = new StringBuilder($"""<svg viewBox="0 0 {N(Width)} {N(height)}" role="img" aria-label="{WebUtility.HtmlEncode(title)}">""");
        for (var i = 0; i < sorted.Count; i++)
        {
            var (name, count) = sorted[i];
            var length = (Width - 330) * count / most;
            svg.Append($"""<text x="200" y="{i * 30 + 22}" text-anchor="end">{WebUtility.HtmlEncode(name)}</text>""");
            svg.Append($"""<rect x="210" y="{i * 30 + 8}" width="{N(Math.Max(1, length))}" height="20" rx="2" fill="var(--one)"/>""");
            svg.Append($"""<text x="{N(216 + length)}" y="{i * 30 + 22}">{count.ToString("N0", CultureInfo.InvariantCulture)}</text>""");
        }

        return svg.Append("</svg>").ToString();
    }

    static string Frame(
        string title, string xUnit, string yUnit, IReadOnlyList<Series> series, Func<Series, Func<double, double>, Func<double, double>, string> draw)
    {
        var points = series.SelectMany(one => one.Points).ToList();
        var (fromX, toX) = (Math.Min(0, points.Select(point => point.X).DefaultIfEmpty().Min()), Ceiling(points.Select(point => point.X).DefaultIfEmpty(1).Max()));
        var toY = Ceiling(points.Select(point => point.Y).DefaultIfEmpty(1).Max());
        double X(double value) => Left + (value - fromX) / (toX - fromX) * (Width - Left - Right);
        double Y(double value) => Height - Bottom - value / toY * (Height - Top - Bottom);

        var svg = new StringBuilder($"""<svg viewBox="0 0 {N(Width)} {N(Height)}" role="img" aria-label="{WebUtility.HtmlEncode(title)}">""");
        for (var i = 0; i <= 4; i++)
        {
            var (value, at) = (toY * i / 4, fromX + (toX - fromX) * i / 4);
            svg.Append($"""<line x1="{N(Left)}" x2="{N(Width - Right)}" y1="{N(Y(value))}" y2="{N(Y(value))}" class="grid"/>""");
            svg.Append($"""<text x="{N(Left - 6)}" y="{N(Y(value) + 4)}" text-anchor="end">{Label(value)}</text>""");
            svg.Append($"""<text x="{N(X(at))}" y="{N(Height - Bottom + 18)}" text-anchor="middle">{Label(at)}</text>""");
        }

        svg.Append($"""<text x="{N(Width - Right)}" y="{N(Height - 4)}" text-anchor="end" class="unit">{xUnit}</text>""");
        svg.Append($"""<text x="{N(Left + 4)}" y="{N(Top + 4)}" class="unit">{yUnit}</text>""");
        foreach (var one in series)
            svg.Append(draw(one, X, Y));
        svg.Append("</svg>");
        if (series.Count > 1)
            svg.Append("<p class=\"legend\">").AppendJoin(" ", series.Select(one => $"<span style=\"color:var({one.Color})\">■</span> {one.Name}")).Append("</p>");
        return svg.ToString();
    }

    /// <summary>The next number that is easy to divide by four.</summary>
    static double Ceiling(double value)
    {
        if (value <= 0)
            return 1;
        var power = Math.Pow(10, Math.Floor(Math.Log10(value)));
        return new[] { 1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8, 10 }.Select(step => step * power).First(step => step >= value * 0.999);
    }

    static string Label(double value) => value.ToString(Math.Abs(value) >= 10 || value == 0 ? "N0" : "0.##", CultureInfo.InvariantCulture);

    static string N(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
