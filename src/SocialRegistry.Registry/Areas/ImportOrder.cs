using SocialRegistry.Contracts;

namespace SocialRegistry.Registry.Areas;

/// <summary>Refuses rows that are wrong by themselves or among each other, and puts the others in an order in which those above come first.</summary>
internal sealed class ImportOrder
{
    private readonly IReadOnlyList<AreaRow> rows;
    private readonly Dictionary<string, int> byCode = new(StringComparer.OrdinalIgnoreCase);
    private readonly Mark[] marks;
    private readonly List<int> good = [];

    public ImportOrder(IReadOnlyList<AreaRow> rows)
    {
        this.rows = rows;
        marks = new Mark[rows.Count];
        Outcomes = new Outcome<ImportedArea>[rows.Count];
        for (var i = 0; i < rows.Count; i++)
        {
            if (Check(i) is { } problem)
            {
                Refuse(i, problem);
            }
        }

        for (var i = 0; i < rows.Count; i++)
        {
            Visit(i);
        }
    }

    /// <summary>What became of each row; filled for those that are not in <see cref="Good"/>.</summary>
    public Outcome<ImportedArea>[] Outcomes { get; }

    /// <summary>The rows to be carried out, in order.</summary>
    public IReadOnlyList<int> Good => good;

    private Problem? Check(int index)
    {
        var row = rows[index];
        List<FieldProblem> problems =
        [
            .. AreaRules.CheckCode("code", row.Code),
            .. AreaRules.CheckLevelNumber("level", row.Level),
            .. AreaRules.CheckNames(row.Names!),
            .. AreaRules.CheckPoint(row.Point),
            .. AreaRules.CheckPeriod(row.ValidFrom, row.ValidTo),
        ];
        if (row.Parent is not null && !AreaRules.IsCode(row.Parent))
        {
            problems.Add(AreaProblems.UnknownParent);
        }

        return problems.Count > 0 ? AreaProblems.Invalid(problems)
            : byCode.TryAdd(row.Code, index) ? null
            : AreaProblems.DuplicateRow;
    }

    /// <summary>Follows the rows upwards until one that is done with, then takes them from there down.</summary>
    private void Visit(int start)
    {
        var way = new Stack<int>();
        for (var at = start; at >= 0 && marks[at] == Mark.None; at = Above(at))
        {
            marks[at] = Mark.OnTheWay;
            way.Push(at);
        }

        // The walk ended on itself: all from there on go round in a circle.
        var circle =
            way.TryPeek(out var last) && Above(last) is >= 0 and var again && marks[again] == Mark.OnTheWay
                ? Above(last)
                : -1;
        while (way.TryPop(out var at))
        {
            if (circle >= 0)
            {
                Refuse(at, AreaProblems.Cycle);
                circle = at == circle ? -1 : circle;
            }
            else
            {
                marks[at] = Mark.Done;
                good.Add(at);
            }
        }
    }

    /// <summary>The row of the area above; -1 when it is not among the rows.</summary>
    private int Above(int row) => rows[row].Parent is { } parent ? byCode.GetValueOrDefault(parent, -1) : -1;

    private void Refuse(int row, Problem problem)
    {
        marks[row] = Mark.Done;
        Outcomes[row] = problem;
    }

    private enum Mark
    {
        None,
        OnTheWay,
        Done,
    }
}
