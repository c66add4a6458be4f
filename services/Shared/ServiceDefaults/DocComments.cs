using System.Collections.Concurrent;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace MiStore.ServiceDefaults;

/// <summary>
/// The doc comments of our own code, for the OpenAPI document: what is said once, beside the code, is what clients read.
/// (ASP.NET Core's generator does the same, but only for the project that calls AddOpenApi, and that is this one.)
/// </summary>
static partial class DocComments
{
    static readonly ConcurrentDictionary<Assembly, IReadOnlyDictionary<string, XElement>> Files = new();

    /// <summary>What a type is, or what a use case gives.</summary>
    public static string? Of(Type type) => Text(Find(type, "T:" + IdOf(type))?.Element("summary"));

    /// <summary>What a property is: in its own words, or in those of the record's parameter.</summary>
    public static string? Of(PropertyInfo property) => property.DeclaringType is not { } type
        ? null
        : Text(Find(type, $"P:{IdOf(type)}.{property.Name}")?.Element("summary"))
            ?? Param(Find(type, "T:" + IdOf(type)), property.Name);

    /// <summary>What a parameter of a handler is.</summary>
    public static string? Of(MethodInfo handler, string parameter)
    {
        if (handler.DeclaringType is not { } type)
            return null;

        // Without the signature: a use case has one handler.
        var id = $"M:{IdOf(type)}.{handler.Name}(";
        return Param(In(type.Assembly).FirstOrDefault(member => member.Key.StartsWith(id, StringComparison.Ordinal)).Value, parameter);
    }

    static string? Param(XElement? member, string name) =>
        Text(member?.Elements("param").FirstOrDefault(param => (string?)param.Attribute("name") == name));

    static XElement? Find(Type type, string id) => In(type.Assembly).GetValueOrDefault(id);

    static IReadOnlyDictionary<string, XElement> In(Assembly assembly) => Files.GetOrAdd(assembly, _ =>
        assembly.GetName().Name?.StartsWith("MiStore.", StringComparison.Ordinal) == true
        && Path.ChangeExtension(assembly.Location, ".xml") is var file && File.Exists(file)
            ? XDocument.Load(file).Descendants("member").ToDictionary(member => (string)member.Attribute("name")!)
            : new Dictionary<string, XElement>());

    static string? IdOf(Type type) =>
        (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName?.Replace('+', '.');

    static string? Text(XElement? comment)
    {
        if (comment is null)
            return null;

        // <see cref="T:A.B.Name"/> and <paramref name="Name"/> read as Name.
        var words = string.Concat(comment.DescendantNodes().Select(node => node switch
        {
            XText text => text.Value,
            XElement { IsEmpty: true } element => ((string?)element.Attribute("cref") ?? (string?)element.Attribute("name"))?.Split('.', ':')[^1],
            _ => null,
        }));
        return Spaces().Replace(words, " ").Trim() is { Length: > 0 } line ? line : null;
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
