using Aspire.Hosting.ApplicationModel;

namespace MiStore.Local;

static class Selection
{
    /// <summary>The resources that are named, and all that they wait for. Everything when nothing is named.</summary>
    /// <exception cref="Refusal">A name that AppHost.cs does not have.</exception>
    public static IReadOnlyList<IResource> Of(IReadOnlyList<IResource> resources, IReadOnlyList<string>? only)
    {
        if (only is null)
            return resources;

        var named = resources.Concat(resources.OfType<PostgresServerResource>().SelectMany(server => server.Databases)).ToList();
        var needed = new HashSet<IResource>();
        foreach (var name in only)
            Need(named.Find(resource => resource.Name == name)
                ?? throw new Refusal($"there is no {name} in this store; it has {string.Join(", ", named.Select(one => one.Name))}"));
        return [.. resources.Where(needed.Contains)];

        void Need(IResource resource)
        {
            if (!needed.Add(Supervisor.Runner(resource)) || resource is not ProjectResource project)
                return;
            foreach (var dependency in project.WaitsFor)
                Need(dependency);
        }
    }
}
