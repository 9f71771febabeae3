using SocialRegistry.Contracts;
using SocialRegistry.Exchange.Csv;

namespace SocialRegistry.Exchange.Imports;

/// <summary>
/// The rows of a file of areas in an order in which those above come before those below, each subtree in one piece. The order follows
/// from the file alone, so that an interrupted job goes on at the right row.
/// </summary>
internal sealed class AreaFile
{
    private static readonly Problem Cycle = Problem.Conflict(
        "areas.cycle",
        "An area cannot lie within itself or within an area below it."
    );

    private readonly List<Entry> entries = [];
    private readonly Dictionary<string, Entry> byCode = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>One row.</summary>
    public sealed class Entry(CsvRow row, AreaRow? area, Problem? problem)
    {
        public CsvRow Row { get; } = row;

        public AreaRow? Area { get; } = area;

        /// <summary>Why it is not handed to the registry.</summary>
        public Problem? Problem { get; set; } = problem;

        /// <summary>The row of the area above, when the file has it.</summary>
        public Entry? Above { get; set; }

        public List<Entry> Below { get; } = [];

        public bool IsPlaced { get; set; }

        /// <summary>Where the walk began that came by here first.</summary>
        public Entry? Walk { get; set; }
    }

    public int Count => entries.Count;

    public void Add(CsvRow row, Outcome<AreaRow> parsed)
    {
        var entry = new Entry(row, parsed.Value, parsed.Problem);
        entries.Add(entry);
        if (entry.Area is { Code: var code } && !byCode.TryAdd(code, entry))
        {
            entry.Problem = Problem.Invalid(
                "imports.repeated_in_file",
                "An earlier row of this file has the same code.",
                new FieldProblem(
                    "code",
                    "duplicate",
                    $"Compare with row {byCode[code].Row.Number}; keep the right one."
                )
            );
        }
    }

    /// <summary>All rows, once each.</summary>
    public IReadOnlyList<Entry> InOrder()
    {
        foreach (var entry in entries.Where(e => e is { Problem: null, Area.Parent: not null }))
        {
            if (byCode.TryGetValue(entry.Area!.Parent!, out var above))
            {
                entry.Above = above;
                above.Below.Add(entry);
            }
        }

        var order = new List<Entry>(entries.Count);
        foreach (var top in entries.Where(e => e.Above is null))
        {
            Place(top, order);
        }

        // What no top leads to goes round in a circle, or hangs below one.
        foreach (var entry in entries.Where(e => !e.IsPlaced))
        {
            RefuseCircle(entry);
        }

        foreach (var entry in entries.Where(e => e is { IsPlaced: false, Problem: not null }).ToList())
        {
            Place(entry, order);
        }

        return order;
    }

    /// <summary>The rows above it that the file has, from the top down, no more than there are levels.</summary>
    public static IEnumerable<Entry> Above(Entry entry)
    {
        var above = new Stack<Entry>();
        for (var next = entry.Above; next is { Problem: null } && above.Count < AreaLimits.MaxLevel; next = next.Above)
        {
            above.Push(next);
        }

        return above;
    }

    private static void Place(Entry top, List<Entry> order)
    {
        var open = new Stack<Entry>([top]);
        while (open.TryPop(out var entry))
        {
            if (entry.IsPlaced)
            {
                continue;
            }

            entry.IsPlaced = true;
            order.Add(entry);
            for (var i = entry.Below.Count - 1; i >= 0; i--)
            {
                open.Push(entry.Below[i]);
            }
        }
    }

    /// <summary>Follows the rows upwards as long as they are new; when that ends on its own way, what lies from there on is a circle.</summary>
    private static void RefuseCircle(Entry start)
    {
        var last = start;
        for (var next = start; next.Walk is null; next = next.Above!)
        {
            next.Walk = start;
            last = next;
        }

        var first = last.Above!;
        if (start.Walk != start || first.Walk != start)
        {
            return;
        }

        for (var next = first; next.Problem is null; next = next.Above!)
        {
            next.Problem = Cycle;
        }
    }
}
