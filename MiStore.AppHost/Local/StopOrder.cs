using Aspire.Hosting.ApplicationModel;

namespace MiStore.Local;

static class StopOrder
{
    /// <summary>Layers of what may stop together: first the processes that nobody waits for, last those that all stand on.</summary>
    public static IEnumerable<IReadOnlyList<Workload>> Of(IReadOnlyList<Workload> workloads) => workloads
        .GroupBy(workload => Depth(workload.Resource))
        .OrderByDescending(layer => layer.Key)
        .Select(layer => layer.ToList());

    static int Depth(IResource resource) => resource is ProjectResource project
        ? 1 + project.WaitsFor.Select(Depth).DefaultIfEmpty(0).Max()
        : 0;
}
