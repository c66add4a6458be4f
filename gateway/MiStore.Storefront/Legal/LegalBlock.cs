namespace MiStore.Storefront.Legal;

/// <summary>A piece of a legal text as a page shows it.</summary>
/// <param name="Kind">Whether the lines are a heading, a paragraph or the points of a list.</param>
public sealed record LegalBlock(LegalBlockKind Kind, IReadOnlyList<string> Lines)
{
    /// <summary>A paragraph a line; "# " begins a heading and "- " a point of a list.</summary>
    public static IEnumerable<LegalBlock> Of(string body)
    {
        var points = new List<string>();
        foreach (var line in body.Split('\n').Append(""))
        {
            if (line.StartsWith("- "))
            {
                points.Add(line[2..]);
                continue;
            }

            if (points.Count > 0)
                yield return new LegalBlock(LegalBlockKind.List, [.. points]);
            points.Clear();
            if (line.StartsWith("# "))
                yield return new LegalBlock(LegalBlockKind.Heading, [line[2..]]);
            else if (line != "")
                yield return new LegalBlock(LegalBlockKind.Paragraph, [line]);
        }
    }
}

public enum LegalBlockKind { Heading, Paragraph, List }
