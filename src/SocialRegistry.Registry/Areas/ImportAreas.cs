using SocialRegistry.Contracts;

namespace SocialRegistry.Registry.Areas;

/// <summary>Brings areas in, those above before those below, whatever order they come in. A bad row never stops the others.</summary>
internal sealed class ImportAreas(AreaWork work)
{
    public async Task<Outcome<IReadOnlyList<Outcome<ImportedArea>>>> HandleAsync(
        IReadOnlyList<AreaRow> rows,
        bool dryRun,
        Caller caller,
        CancellationToken cancellationToken
    ) =>
        rows.Count > AreaLimits.MaxRows
            ? AreaProblems.TooManyRows
            : await work.RunAsync<IReadOnlyList<Outcome<ImportedArea>>>(
                caller,
                dryRun,
                editor => ImportAsync(rows, editor, cancellationToken),
                cancellationToken
            );

    private static async Task<Outcome<IReadOnlyList<Outcome<ImportedArea>>>> ImportAsync(
        IReadOnlyList<AreaRow> rows,
        AreaEditor editor,
        CancellationToken cancellationToken
    )
    {
        var order = new ImportOrder(rows);
        await editor.LoadAsync(
            order.Good.SelectMany(i =>
                rows[i].Parent is { } parent ? (string[])[rows[i].Code, parent] : [rows[i].Code]
            ),
            cancellationToken
        );
        foreach (var index in order.Good)
        {
            var importer = new ImportAreaRow(rows[index], editor);
            order.Outcomes[index] = await importer.ApplyAsync(cancellationToken);
        }

        return Outcome.Of<IReadOnlyList<Outcome<ImportedArea>>>(order.Outcomes);
    }
}

/// <summary>Carries one row out.</summary>
internal sealed class ImportAreaRow(AreaRow row, AreaEditor editor)
{
    public async Task<Outcome<ImportedArea>> ApplyAsync(CancellationToken cancellationToken)
    {
        var parent = row.Parent is null ? null : editor.Find(row.Parent);
        if (row.Parent is not null && parent is null)
        {
            return AreaProblems.Invalid(AreaProblems.UnknownParent);
        }

        return editor.Find(row.Code) is { } area ? await ChangeAsync(area, parent, cancellationToken)
            : editor.IsTaken(row.Code) ? AreaProblems.CodeTaken
            : await CreateAsync(parent, cancellationToken);
    }

    private async Task<Outcome<ImportedArea>> CreateAsync(Area? parent, CancellationToken cancellationToken)
    {
        var level = row.Level ?? (parent?.Level ?? 0) + 1;
        List<FieldProblem> problems =
        [
            .. AreaRules.CheckWholeNames(row.Names),
            .. AreaRules.CheckLevelNumber("level", level),
            .. AreaRules.CheckPeriod(row.ValidFrom, row.ValidTo),
        ];
        if (problems.Count == 0)
        {
            problems.AddRange(
                await editor.CheckLevelAsync(row.Code, level, parent, true, cancellationToken) is { } wrong
                    ? [wrong]
                    : []
            );
        }

        if (problems.Count > 0)
        {
            return AreaProblems.Invalid(problems);
        }

        var area = new Area(row.Code, parent)
        {
            Level = level,
            Point = row.Point,
            ValidFrom = row.ValidFrom,
            ValidTo = row.ValidTo,
        };
        area.TakeNames(row.Names);
        editor.Add(area);
        editor.Note(area, AreaOperations.Imported);
        return new ImportedArea(area.Code, ImportAction.Created, area.Version);
    }

    private async Task<Outcome<ImportedArea>> ChangeAsync(Area area, Area? parent, CancellationToken cancellationToken)
    {
        var moves = parent is not null && parent.Code != area.ParentCode;
        var level = row.Level ?? area.Level;
        if (parent?.Path.StartsWith(area.Path, StringComparison.Ordinal) == true)
        {
            return AreaProblems.Cycle;
        }

        var names = area.ReadNames().ToDictionary();
        foreach (var (language, name) in row.Names)
        {
            names[language] = name;
        }

        var problems = AreaRules
            .CheckPeriod(row.ValidFrom ?? area.ValidFrom, row.ValidTo ?? area.ValidTo)
            .Concat(AreaRules.CheckWholeNames(names))
            .ToList();
        if (problems.Count == 0 && (moves || level != area.Level))
        {
            await editor.LoadAsync(area.ParentCode is { } up ? [up] : [], cancellationToken);
            var above = moves || area.ParentCode is null ? parent : editor.Find(area.ParentCode);
            problems.AddRange(
                await editor.CheckLevelAsync(row.Code, level, above, false, cancellationToken) is { } wrong
                    ? [wrong]
                    : []
            );
        }

        if (problems.Count > 0)
        {
            return AreaProblems.Invalid(problems);
        }

        area.Level = level;
        area.TakeNames(names);
        area.Point = row.Point ?? area.Point;
        area.ValidFrom = row.ValidFrom ?? area.ValidFrom;
        area.ValidTo = row.ValidTo ?? area.ValidTo;
        if (!moves && !editor.HasChanged(area))
        {
            return new ImportedArea(area.Code, ImportAction.Unchanged, area.Version);
        }

        if (moves)
        {
            await editor.MoveAsync(area, parent, cancellationToken);
        }

        editor.Note(area, AreaOperations.Imported);
        return new ImportedArea(area.Code, ImportAction.Updated, area.Version);
    }
}
