using System.Security.Cryptography;
using Xunit;

namespace SocialRegistry.Contracts.Tests.Ports;

/// <summary>The suite of the port <c>IDocuments</c>.</summary>
public abstract class DocumentsPortTests : PortTests
{
    private static readonly NewDocument Letter = new()
    {
        Kind = "letter",
        FileName = "Brief an Amira ✓.txt",
        MediaType = DocumentTypes.Text,
        Description = "handed in at the desk",
    };

    [Theory]
    [InlineData(1)]
    [InlineData(65_536)]
    [InlineData(65_537)]
    [InlineData(1_500_000)]
    public async Task A_document_comes_back_byte_for_byte(int size)
    {
        var person = await Registrants.StoreAsync(Persons.Amira());
        var bytes = SampleFiles.Large(size);

        var added = (await AddAsync(person.Id, Letter, bytes)).Require();
        var (view, content) = await ReadAsync(person.Id, added.Id);

        Assert.Equal(added, view);
        Assert.Equal(
            new DocumentView
            {
                Id = added.Id,
                Kind = "letter",
                FileName = Letter.FileName,
                MediaType = DocumentTypes.Text,
                Description = Letter.Description,
                Size = size,
                Sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes)),
                AddedAt = Ports.Clock.GetUtcNow(),
                AddedBy = "registrar",
            },
            view
        );
        Assert.True(bytes.AsSpan().SequenceEqual(content));
    }

    [Fact]
    public async Task An_upload_is_tried_and_repeated_under_its_key()
    {
        var person = await Registrants.StoreAsync(Persons.Amira());
        var bytes = SampleFiles.Large(100);
        var caller = PortCallers.Registrar;
        async Task<Outcome<DocumentView>> AddUnderAsync(WriteConditions conditions, byte[] content, Caller who)
        {
            await using var stream = new MemoryStream(content);
            return await Ports.Documents.AddAsync(person.Id, Letter, stream, conditions, who, Cancellation);
        }

        var key = new WriteConditions { IdempotencyKey = "letter-" + Persons.Next() };
        var tried = (await AddUnderAsync(new WriteConditions { DryRun = true }, bytes, caller)).Require();
        var none = (await ListAsync(person.Id)).Require();
        var wrong = await AddUnderAsync(new WriteConditions { DryRun = true }, [0xFF, 0xFE, 0x00], caller);
        var first = (await AddUnderAsync(key, bytes, caller)).Require();
        var again = (await AddUnderAsync(key, bytes, caller)).Require();
        var other = await AddUnderAsync(key, SampleFiles.Large(101), caller);
        var elsewhere = caller with { Rows = new RowScope { Areas = new HashSet<string> { "N-99-999" } } };
        var blind = await AddUnderAsync(key, bytes, elsewhere);
        var kept = await Ports.Documents.RemoveAsync(
            person.Id,
            first.Id,
            "wrong_person",
            new WriteConditions { DryRun = true },
            caller,
            Cancellation
        );

        Assert.Equal((100, Letter.Kind), (tried.Size, tried.Kind));
        Assert.Empty(none);
        Assert.False(wrong.Succeeded);
        Assert.Equal(first, again);
        Assert.Equal("registrants.idempotency_key_reused", other.Problem?.Code);
        Assert.Equal(ProblemKind.NotFound, blind.Problem?.Kind);
        Assert.True(kept.Succeeded);
        Assert.Single((await ListAsync(person.Id)).Require());
    }

    [Fact]
    public async Task Every_media_type_is_taken_when_the_content_is_of_it()
    {
        var person = await Registrants.StoreAsync(Persons.Amira());
        (string Type, string Name, byte[] Content)[] files =
        [
            (DocumentTypes.Pdf, "a.pdf", SampleFiles.Pdf()),
            (DocumentTypes.Jpeg, "a.JPEG", SampleFiles.Jpeg()),
            (DocumentTypes.Png, "a.png", SampleFiles.Png()),
            (DocumentTypes.WebP, "a.webp", SampleFiles.WebP()),
            (DocumentTypes.Csv, "a.csv", SampleFiles.Text()),
        ];
        foreach (var (type, name, content) in files)
        {
            Ports.Clock.Advance(TimeSpan.FromMilliseconds(5));
            (await AddAsync(person.Id, Letter with { MediaType = type, FileName = name }, content)).Require();
        }

        var list = (await ListAsync(person.Id)).Require();

        Assert.Equal(files.Select(f => f.Name), list.Select(d => d.FileName));
        foreach (var (type, name, _) in files)
        {
            var other = files.First(f => f.Type != type).Content;
            var wrong = await AddAsync(person.Id, Letter with { MediaType = type, FileName = name }, other);
            Assert.Equal("documents.content_mismatch", wrong.Problem?.Code);
            Assert.Equal("file", wrong.Problem!.Fields[0].Field);
        }

        Assert.Equal(files.Length, (await ListAsync(person.Id)).Require().Count);
    }

    [Theory]
    [InlineData("Letter", "a.txt", "text/plain", "kind")]
    [InlineData("letter\n", "a.txt", "text/plain", "kind")]
    [InlineData("letter", "a.svg", "image/svg+xml", "mediaType")]
    [InlineData("letter", "a.html", "text/html", "mediaType")]
    [InlineData("letter", "a.pdf", "text/plain", "fileName")]
    [InlineData("letter", "../a.txt", "text/plain", "fileName")]
    [InlineData("letter", "c:\\a.txt", "text/plain", "fileName")]
    [InlineData("letter", ".txt", "text/plain", "fileName")]
    [InlineData("letter", "a\u202Efdp.txt", "text/plain", "fileName")]
    [InlineData("letter", "a\0.txt", "text/plain", "fileName")]
    [InlineData("letter", "", "text/plain", "fileName")]
    public async Task What_is_said_of_a_file_is_checked(string kind, string name, string type, string field)
    {
        var person = await Registrants.StoreAsync(Persons.Amira());

        var outcome = await AddAsync(
            person.Id,
            new NewDocument
            {
                Kind = kind,
                FileName = name,
                MediaType = type,
            },
            SampleFiles.Text()
        );

        Assert.Equal("documents.invalid", outcome.Problem?.Code);
        Assert.Equal(field, Assert.Single(outcome.Problem!.Fields).Field);
        Assert.Empty((await ListAsync(person.Id)).Require());
    }

    [Fact]
    public async Task Long_texts_empty_files_and_files_too_large_are_refused()
    {
        var person = await Registrants.StoreAsync(Persons.Amira());

        var described = await AddAsync(
            person.Id,
            Letter with
            {
                Description = new string('x', 501),
            },
            SampleFiles.Text()
        );
        var named = await AddAsync(
            person.Id,
            Letter with
            {
                FileName = new string('x', 147) + ".txt",
            },
            SampleFiles.Text()
        );
        var empty = await AddAsync(person.Id, Letter, []);
        var large = await AddAsync(person.Id, Letter, SampleFiles.Large(10 * 1024 * 1024 + 1));

        Assert.Equal("description", described.Problem!.Fields[0].Field);
        Assert.Equal("fileName", named.Problem!.Fields[0].Field);
        Assert.Equal("documents.empty", empty.Problem?.Code);
        Assert.Equal(("documents.too_large", ProblemKind.TooLarge), (large.Problem?.Code, large.Problem?.Kind));
        Assert.Empty((await ListAsync(person.Id)).Require());
    }

    [Fact]
    public async Task A_removed_document_is_gone_and_the_record_keeps_its_version()
    {
        var person = await Registrants.StoreAsync(Persons.Amira());
        var added = (await AddAsync(person.Id, Letter, SampleFiles.Large(200_000))).Require();

        var without = await RemoveAsync(person.Id, added.Id, "");
        (await RemoveAsync(person.Id, added.Id, "wrong person")).Require();

        Assert.Equal("reason", without.Problem!.Fields[0].Field);
        Assert.Empty((await ListAsync(person.Id)).Require());
        Assert.Equal("documents.not_found", (await OpenAsync(person.Id, added.Id)).Problem?.Code);
        Assert.Equal("documents.not_found", (await RemoveAsync(person.Id, added.Id, "again")).Problem?.Code);
        var read = await Registrants.GetAsync(person.Id, ReadOptions.Default, PortCallers.Registrar, Cancellation);
        Assert.Equal(1, read.Require().Version);
    }

    [Fact]
    public async Task A_document_belongs_to_its_record_alone()
    {
        var one = await Registrants.StoreAsync(Persons.Amira());
        var two = await Registrants.StoreAsync(Persons.Amira());
        var added = (await AddAsync(one.Id, Letter, SampleFiles.Text())).Require();

        Assert.Equal("documents.not_found", (await OpenAsync(two.Id, added.Id)).Problem?.Code);
        Assert.Equal("documents.not_found", (await RemoveAsync(two.Id, added.Id, "not hers")).Problem?.Code);
        Assert.Equal(
            "registrants.not_found",
            (await OpenAsync(RegistrantId.New(TimeProvider.System), added.Id)).Problem?.Code
        );
        Assert.Single((await ListAsync(one.Id)).Require());
    }

    [Fact]
    public async Task Documents_of_an_archived_record_are_not_shown_and_not_added()
    {
        var person = await Registrants.StoreAsync(Persons.Amira());
        var added = (await AddAsync(person.Id, Letter, SampleFiles.Text())).Require();
        (await Registrants.ArchiveAsync(person.Id, 1, "duplicate", PortCallers.Registrar, Cancellation)).Require();

        Assert.Equal("registrants.not_found", (await ListAsync(person.Id)).Problem?.Code);
        Assert.Equal("registrants.not_found", (await OpenAsync(person.Id, added.Id)).Problem?.Code);
        Assert.Equal("registrants.not_found", (await AddAsync(person.Id, Letter, SampleFiles.Text())).Problem?.Code);
    }

    [Fact]
    public async Task Who_may_not_is_refused()
    {
        var person = await Registrants.StoreAsync(Persons.Amira());
        var other = await Registrants.StoreAsync(Persons.Amira());
        var added = (await AddAsync(person.Id, Letter, SampleFiles.Text())).Require();
        var reader = PortCallers.Staff("reader", Permissions.ReadDocuments);
        var registrar = PortCallers.Staff("registrar-2", Permissions.ReadRegistrants, Permissions.WriteRegistrants);
        var narrow = PortCallers.Registrar with { Fields = FieldScope.Of(["given_name"]) };
        var self = PortCallers.Person(person.Id) with
        {
            Permissions = new HashSet<string> { Permissions.ReadDocuments, Permissions.WriteDocuments },
        };

        Assert.Equal(
            [ProblemKind.Forbidden, ProblemKind.Forbidden, ProblemKind.Forbidden, ProblemKind.Forbidden],
            [
                (await AddAsync(person.Id, Letter, SampleFiles.Text(), reader)).Problem?.Kind,
                (await RemoveAsync(person.Id, added.Id, "no", reader)).Problem?.Kind,
                (await ListAsync(person.Id, registrar)).Problem?.Kind,
                (await OpenAsync(person.Id, added.Id, registrar)).Problem?.Kind,
            ]
        );
        Assert.Equal("documents.scope", (await ListAsync(person.Id, narrow)).Problem?.Code);
        Assert.Equal("documents.scope", (await OpenAsync(person.Id, added.Id, narrow)).Problem?.Code);
        Assert.Equal("documents.scope", (await AddAsync(person.Id, Letter, SampleFiles.Text(), narrow)).Problem?.Code);
        Assert.Equal(added with { AddedBy = null }, Assert.Single((await ListAsync(person.Id, self)).Require()));
        Assert.Equal("registrants.not_found", (await ListAsync(other.Id, self)).Problem?.Code);
        Assert.Equal(
            ProblemKind.Forbidden,
            (await AddAsync(person.Id, Letter, SampleFiles.Text(), self)).Problem?.Kind
        );
    }

    [Fact]
    public async Task A_partner_states_a_purpose_and_needs_documents_in_its_scope()
    {
        var person = await Registrants.StoreAsync(Persons.Amira());
        var added = (await AddAsync(person.Id, Letter, SampleFiles.Text())).Require();
        var partner = PortCallers.Partner("school", ["documents"], []) with
        {
            Permissions = new HashSet<string> { Permissions.ReadDocuments },
        };

        var shown = (await ListAsync(person.Id, partner)).Require();
        var without = await ListAsync(person.Id, partner with { Purpose = null });

        Assert.Equal(added with { AddedBy = null }, Assert.Single(shown));
        Assert.Equal("disclosures.purpose_required", without.Problem?.Code);
    }

    [Fact]
    public async Task Every_showing_is_a_disclosure()
    {
        var person = await Registrants.StoreAsync(Persons.Amira());
        var added = (await AddAsync(person.Id, Letter, SampleFiles.Text())).Require();
        var reader = PortCallers.Staff("clerk-9", Permissions.ReadDocuments);

        await ListAsync(person.Id, reader);
        await (await OpenAsync(person.Id, added.Id, reader)).Require().DisposeAsync();

        var log = await Ports.Versions.DisclosuresAsync(
            person.Id,
            new PageRequest(),
            PortCallers.Registrar,
            Cancellation
        );
        var shown = log.Require().Items.Where(d => d.ShownTo == "clerk-9").SelectMany(d => d.Fields).Order();
        Assert.Equal(["documents", "documents", $"documents/{added.Id}"], shown);
    }

    private async Task<(DocumentView View, byte[] Content)> ReadAsync(RegistrantId id, DocumentId document)
    {
        await using var opened = (await OpenAsync(id, document)).Require();
        using var whole = new MemoryStream();
        await opened.Content.CopyToAsync(whole, Cancellation);
        return (opened.View, whole.ToArray());
    }

    private async Task<Outcome<DocumentView>> AddAsync(
        RegistrantId id,
        NewDocument document,
        byte[] bytes,
        Caller? caller = null
    )
    {
        using var content = new MemoryStream(bytes);
        return await Ports.Documents.AddAsync(id, document, content, caller ?? PortCallers.Registrar, Cancellation);
    }

    private Task<Outcome<IReadOnlyList<DocumentView>>> ListAsync(RegistrantId id, Caller? caller = null) =>
        Ports.Documents.ListAsync(id, caller ?? PortCallers.Registrar, Cancellation);

    private Task<Outcome<DocumentContent>> OpenAsync(RegistrantId id, DocumentId document, Caller? caller = null) =>
        Ports.Documents.OpenAsync(id, document, caller ?? PortCallers.Registrar, Cancellation);

    private Task<Outcome<Done>> RemoveAsync(
        RegistrantId id,
        DocumentId document,
        string reason,
        Caller? caller = null
    ) => Ports.Documents.RemoveAsync(id, document, reason, caller ?? PortCallers.Registrar, Cancellation);
}
