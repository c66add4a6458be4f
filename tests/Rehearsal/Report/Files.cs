using System.Text.Json;

namespace MiStore.Rehearsal.Report;

/// <summary>The report as people read it and as a program may, side by side.</summary>
public static class Files
{
    static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <returns>The page's path.</returns>
    public static string Write(Outcome outcome, string folder)
    {
        var path = Path.Combine(Directory.CreateDirectory(folder).FullName, $"{outcome.At:yyyyMMdd-HHmmss}");
        File.WriteAllText(path + ".html", Page.Of(outcome));
        File.WriteAllText(path + ".json", JsonSerializer.Serialize(
            new
            {
                outcome.At, passed = outcome.IsGood, cores = Environment.ProcessorCount, outcome.Plan, outcome.Goals, outcome.Findings,
                batch = new { outcome.Remaining, outcome.Reserved, outcome.Sold },
                ends = outcome.Records.Evenings.CountBy(evening => evening.End).ToDictionary(),
                steps = Page.StepsOf(outcome.Records).Select(step => new { step.Step, step.Count, step.P50, step.P95, step.P99 }),
                evenings = outcome.Records.Evenings,
            }, Indented));
        return path + ".html";
    }
}
