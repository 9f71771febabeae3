using SocialRegistry.Contracts;

namespace SocialRegistry.Registry.Areas;

/// <summary>What is wrong with an area or a change of one as it was sent, before the tree is looked at.</summary>
internal static class AreaChecks
{
    public static List<FieldProblem> Of(NewArea area)
    {
        List<FieldProblem> problems =
        [
            .. AreaRules.CheckCode("code", area.Code),
            .. AreaRules.CheckLevelNumber("level", area.Level),
            .. AreaRules.CheckWholeNames(area.Names),
            .. AreaRules.CheckPoint(area.Point),
            .. AreaRules.CheckPeriod(area.ValidFrom, area.ValidTo),
        ];
        if (area.Parent is not null && !AreaRules.IsCode(area.Parent))
        {
            problems.Add(AreaProblems.UnknownParent);
        }

        if (area.Boundary is { } boundary && BoundaryRules.Check(boundary) is { } problem)
        {
            problems.Add(problem);
        }

        return problems;
    }

    public static List<FieldProblem> Of(Area area, AreaChange change)
    {
        List<FieldProblem> problems =
        [
            .. AreaRules.CheckLevelNumber("level", change.Level),
            .. AreaRules.CheckNames(change.Names),
            .. AreaRules.CheckPoint(change.Point),
            .. AreaRules.CheckPeriod(change.ValidFrom ?? area.ValidFrom, area.ValidTo),
        ];
        if (change is { Point: not null, WithoutPoint: true })
        {
            problems.Add(new FieldProblem("point", "contradiction", "Set the point or take it away, not both."));
        }

        if (change is { ValidFrom: not null, WithoutValidFrom: true })
        {
            problems.Add(new FieldProblem("validFrom", "contradiction", "Set the day or take it away, not both."));
        }

        return problems.Count > 0 ? problems : [.. AreaRules.CheckWholeNames(Names(area, change))];
    }

    /// <summary>The names as they are after the change.</summary>
    public static Dictionary<string, string> Names(Area area, AreaChange change)
    {
        var names = area.ReadNames().ToDictionary();
        foreach (var (language, name) in change.Names)
        {
            if (name is null)
            {
                names.Remove(language);
            }
            else
            {
                names[language] = name;
            }
        }

        return names;
    }
}
