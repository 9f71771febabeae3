using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;

namespace SocialRegistry.Registry.Areas;

/// <summary>Adds, changes, closes and moves single areas, and names levels.</summary>
internal sealed class ChangeAreas(AreaWork work)
{
    public async Task<Outcome<AreaView>> CreateAsync(
        NewArea area,
        WriteConditions conditions,
        Caller caller,
        CancellationToken cancellationToken
    ) =>
        await work.RunAsync<AreaView>(
            caller,
            conditions,
            area,
            async editor =>
            {
                if (AreaChecks.Of(area) is { Count: > 0 } problems)
                {
                    return AreaProblems.Invalid(problems);
                }

                await editor.LoadAsync(area.Parent is null ? [area.Code] : [area.Code, area.Parent], cancellationToken);
                var parent = area.Parent is null ? null : editor.Find(area.Parent);
                if (editor.IsTaken(area.Code))
                {
                    return AreaProblems.CodeTaken;
                }

                if (area.Parent is not null && parent is null)
                {
                    return AreaProblems.Invalid(AreaProblems.UnknownParent);
                }

                if (await editor.CheckLevelAsync(area.Code, area.Level, parent, true, cancellationToken) is { } wrong)
                {
                    return AreaProblems.Invalid(wrong);
                }

                var row = new Area(area.Code, parent)
                {
                    Level = area.Level,
                    Point = area.Point,
                    ValidFrom = area.ValidFrom,
                    ValidTo = area.ValidTo,
                };
                row.TakeNames(area.Names);
                editor.Add(row);
                await editor.SetBoundaryAsync(row, area.Boundary, cancellationToken);
                editor.Note(row, AreaOperations.Created);
                await editor.Db.SaveChangesAsync(cancellationToken);
                return await ReadAreas.ShowAsync(editor.Db, row, cancellationToken);
            },
            cancellationToken
        );

    public Task<Outcome<AreaView>> ChangeAsync(
        string code,
        AreaChange change,
        WriteConditions conditions,
        Caller caller,
        CancellationToken cancellationToken
    ) =>
        work.RunAsync(
            code,
            change.ExpectedVersion,
            [],
            conditions,
            caller,
            async (editor, area) =>
            {
                if (AreaChecks.Of(area, change) is { Count: > 0 } problems)
                {
                    return AreaProblems.Invalid(problems);
                }

                if (change.Level is { } level && level != area.Level)
                {
                    await editor.LoadAsync(area.ParentCode is { } above ? [above] : [], cancellationToken);
                    var parent = area.ParentCode is { } up ? editor.Find(up) : null;
                    if (await editor.CheckLevelAsync(code, level, parent, false, cancellationToken) is { } wrong)
                    {
                        return AreaProblems.Invalid(wrong);
                    }

                    area.Level = level;
                }

                area.TakeNames(AreaChecks.Names(area, change));
                area.Point = change.WithoutPoint ? null : change.Point ?? area.Point;
                area.ValidFrom = change.WithoutValidFrom ? null : change.ValidFrom ?? area.ValidFrom;
                return NoteIfChanged(editor, area, AreaOperations.Changed);
            },
            cancellationToken
        );

    public Task<Outcome<AreaView>> CloseAsync(
        string code,
        AreaClosing closing,
        WriteConditions conditions,
        Caller caller,
        CancellationToken cancellationToken
    ) =>
        work.RunAsync(
            code,
            closing.ExpectedVersion,
            closing.ReplacedBy is { } other && AreaRules.IsCode(other) ? [other] : [],
            conditions,
            caller,
            (editor, area) =>
            {
                var problems = AreaRules.CheckPeriod(area.ValidFrom, closing.ValidTo).ToList();
                if (closing.ReplacedBy is { } replacement)
                {
                    if (closing.ValidTo is null)
                    {
                        problems.Add(
                            new FieldProblem("replacedBy", "open", "Only a closed area is replaced by another.")
                        );
                    }
                    else if (replacement == code || editor.Find(replacement) is null)
                    {
                        problems.Add(new FieldProblem("replacedBy", "unknown", "There is no other area of this code."));
                    }
                }

                if (problems.Count > 0)
                {
                    return Task.FromResult<Problem?>(AreaProblems.Invalid(problems));
                }

                area.ValidTo = closing.ValidTo;
                area.ReplacedBy = closing.ReplacedBy;
                return Task.FromResult(NoteIfChanged(editor, area, AreaOperations.Closed));
            },
            cancellationToken
        );

    public Task<Outcome<AreaView>> MoveAsync(
        string code,
        AreaMove move,
        WriteConditions conditions,
        Caller caller,
        CancellationToken cancellationToken
    ) =>
        work.RunAsync(
            code,
            move.ExpectedVersion,
            move.Parent is { } target && AreaRules.IsCode(target) ? [target] : [],
            conditions,
            caller,
            async (editor, area) =>
            {
                var parent = move.Parent is null ? null : editor.Find(move.Parent);
                if (move.Parent is not null && parent is null)
                {
                    return AreaProblems.Invalid(AreaProblems.UnknownParent);
                }

                if (AreaRules.CheckLevelNumber("level", move.Level).ToList() is { Count: > 0 } problems)
                {
                    return AreaProblems.Invalid(problems);
                }

                var level = move.Level ?? area.Level;
                if (parent?.Path.StartsWith(area.Path, StringComparison.Ordinal) == true)
                {
                    return AreaProblems.Cycle;
                }

                if (await editor.CheckLevelAsync(code, level, parent, false, cancellationToken) is { } wrong)
                {
                    return AreaProblems.Invalid(wrong);
                }

                if (area.ParentCode == parent?.Code && area.Level == level)
                {
                    return null;
                }

                area.Level = level;
                await editor.MoveAsync(area, parent, cancellationToken);
                editor.Note(area, AreaOperations.Moved);
                return null;
            },
            cancellationToken
        );

    public Task<Outcome<AreaView>> SetBoundaryAsync(
        string code,
        long expectedVersion,
        JsonElement? boundary,
        WriteConditions conditions,
        Caller caller,
        CancellationToken cancellationToken
    ) =>
        work.RunAsync(
            code,
            expectedVersion,
            [],
            conditions,
            caller,
            async (editor, area) =>
            {
                if (boundary is { } shape && BoundaryRules.Check(shape) is { } problem)
                {
                    return AreaProblems.Invalid(problem);
                }

                if (await editor.SetBoundaryAsync(area, boundary, cancellationToken))
                {
                    editor.Note(area, AreaOperations.Boundary);
                }

                return null;
            },
            cancellationToken
        );

    public Task<Outcome<AreaLevelView>> SetLevelAsync(
        AreaLevelView level,
        WriteConditions conditions,
        Caller caller,
        CancellationToken cancellationToken
    ) =>
        work.RunAsync<AreaLevelView>(
            caller,
            conditions,
            level,
            async editor =>
            {
                List<FieldProblem> problems =
                [
                    .. AreaRules.CheckLevelNumber("number", level.Number),
                    .. AreaRules.CheckWholeNames(level.Names),
                ];
                if (problems.Count > 0)
                {
                    return AreaProblems.Invalid(problems);
                }

                var names = AreaNames.Write(level.Names);
                if (
                    await editor.Db.AreaLevels.SingleOrDefaultAsync(l => l.Number == level.Number, cancellationToken) is
                    { } row
                )
                {
                    row.Names = names;
                }
                else
                {
                    editor.Db.AreaLevels.Add(new AreaLevel { Number = level.Number, Names = names });
                }

                return level;
            },
            cancellationToken
        );

    private static Problem? NoteIfChanged(AreaEditor editor, Area area, string operation)
    {
        if (editor.HasChanged(area))
        {
            editor.Note(area, operation);
        }

        return null;
    }
}
