using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace SocialRegistry.Registry.Persistence.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Records : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "merged_into",
                schema: "registry",
                table: "registrants",
                type: "uuid",
                nullable: true
            );

            migrationBuilder.AddColumn<DateOnly>(
                name: "status_on",
                schema: "registry",
                table: "registrants",
                type: "date",
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "end_reason",
                schema: "registry",
                table: "memberships",
                type: "character varying(60)",
                maxLength: 60,
                nullable: true
            );

            migrationBuilder.AddColumn<string>(
                name: "answer",
                schema: "registry",
                table: "idempotency_keys",
                type: "text",
                nullable: true
            );

            migrationBuilder.CreateTable(
                name: "area_boundaries",
                schema: "registry",
                columns: table => new
                {
                    code = table.Column<string>(
                        type: "character varying(40)",
                        maxLength: 40,
                        nullable: false,
                        collation: "C"
                    ),
                    geo_json = table.Column<string>(type: "text", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_area_boundaries", x => x.code);
                }
            );

            migrationBuilder.CreateTable(
                name: "area_history",
                schema: "registry",
                columns: table => new
                {
                    code = table.Column<string>(
                        type: "character varying(40)",
                        maxLength: 40,
                        nullable: false,
                        collation: "C"
                    ),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    actor_kind = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    actor = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    channel = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    request_id = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    operation = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_area_history", x => new { x.code, x.version });
                }
            );

            migrationBuilder.CreateTable(
                name: "area_levels",
                schema: "registry",
                columns: table => new
                {
                    number = table.Column<int>(type: "integer", nullable: false),
                    names = table.Column<string>(type: "text", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_area_levels", x => x.number);
                }
            );

            migrationBuilder.CreateTable(
                name: "area_tree",
                schema: "registry",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    revision = table.Column<long>(type: "bigint", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_area_tree", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "areas",
                schema: "registry",
                columns: table => new
                {
                    code = table.Column<string>(
                        type: "character varying(40)",
                        maxLength: 40,
                        nullable: false,
                        collation: "C"
                    ),
                    code_key = table.Column<string>(
                        type: "character varying(40)",
                        maxLength: 40,
                        nullable: false,
                        collation: "C"
                    ),
                    parent_code = table.Column<string>(
                        type: "character varying(40)",
                        maxLength: 40,
                        nullable: true,
                        collation: "C"
                    ),
                    path = table.Column<string>(
                        type: "character varying(492)",
                        maxLength: 492,
                        nullable: false,
                        collation: "C"
                    ),
                    level = table.Column<int>(type: "integer", nullable: false),
                    names = table.Column<string>(type: "text", nullable: false),
                    search_text = table.Column<string>(type: "text", nullable: false),
                    latitude = table.Column<double>(type: "double precision", nullable: true),
                    longitude = table.Column<double>(type: "double precision", nullable: true),
                    valid_from = table.Column<DateOnly>(type: "date", nullable: true),
                    valid_to = table.Column<DateOnly>(type: "date", nullable: true),
                    replaced_by = table.Column<string>(
                        type: "character varying(40)",
                        maxLength: 40,
                        nullable: true,
                        collation: "C"
                    ),
                    has_boundary = table.Column<bool>(type: "boolean", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_areas", x => x.code);
                }
            );

            migrationBuilder.CreateTable(
                name: "catalogue_changes",
                schema: "registry",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    operation = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    subject = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    recorded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    actor_kind = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    actor = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    channel = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    request_id = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    before = table.Column<string>(type: "text", nullable: true),
                    after = table.Column<string>(type: "text", nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_catalogue_changes", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "catalogue_versions",
                schema: "registry",
                columns: table => new
                {
                    version = table.Column<int>(type: "integer", nullable: false),
                    document = table.Column<string>(type: "text", nullable: false),
                    recorded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_catalogue_versions", x => x.version);
                }
            );

            migrationBuilder.CreateTable(
                name: "document_pieces",
                schema: "registry",
                columns: table => new
                {
                    registrant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    document_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    tail = table.Column<byte[]>(type: "bytea", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey(
                        "PK_document_pieces",
                        x => new
                        {
                            x.registrant_id,
                            x.document_id,
                            x.number,
                        }
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "documents",
                schema: "registry",
                columns: table => new
                {
                    registrant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    epoch = table.Column<int>(type: "integer", nullable: false),
                    label = table.Column<byte[]>(type: "bytea", nullable: false),
                    size = table.Column<long>(type: "bigint", nullable: false),
                    pieces = table.Column<int>(type: "integer", nullable: false),
                    added_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    added_by = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_documents", x => new { x.registrant_id, x.id });
                }
            );

            migrationBuilder.CreateTable(
                name: "field_drafts",
                schema: "registry",
                columns: table => new
                {
                    kind = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    field = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    document = table.Column<string>(type: "text", nullable: false),
                    drafted_by = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    drafted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    revision = table.Column<Guid>(type: "uuid", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_field_drafts", x => new { x.kind, x.field });
                }
            );

            migrationBuilder.CreateTable(
                name: "field_indexes",
                schema: "registry",
                columns: table => new
                {
                    kind = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    field = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    wanted = table.Column<bool>(type: "boolean", nullable: false),
                    state = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    request = table.Column<Guid>(type: "uuid", nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    error = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_field_indexes", x => new { x.kind, x.field });
                }
            );

            migrationBuilder.CreateTable(
                name: "number_pool",
                schema: "registry",
                columns: table => new
                {
                    type = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    token = table.Column<byte[]>(type: "bytea", nullable: false),
                    slot = table.Column<int>(type: "integer", nullable: false),
                    @sealed = table.Column<byte[]>(name: "sealed", type: "bytea", nullable: true),
                    made_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    taken_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_number_pool", x => new { x.type, x.token });
                }
            );

            migrationBuilder.CreateTable(
                name: "parents",
                schema: "registry",
                columns: table => new
                {
                    child_id = table.Column<Guid>(type: "uuid", nullable: false),
                    parent1_id = table.Column<Guid>(type: "uuid", nullable: true),
                    parent2_id = table.Column<Guid>(type: "uuid", nullable: true),
                    is_adopted = table.Column<bool>(type: "boolean", nullable: false),
                    guardian_id = table.Column<Guid>(type: "uuid", nullable: true),
                    since = table.Column<DateOnly>(type: "date", nullable: true),
                    revision = table.Column<long>(type: "bigint", nullable: false),
                    recorded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_parents", x => x.child_id);
                }
            );

            migrationBuilder.CreateTable(
                name: "relation_types",
                schema: "registry",
                columns: table => new
                {
                    code = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    inverse = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    description = table.Column<string>(type: "jsonb", nullable: false),
                    is_retired = table.Column<bool>(type: "boolean", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_by = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_relation_types", x => x.code);
                }
            );

            migrationBuilder.CreateTable(
                name: "relations",
                schema: "registry",
                columns: table => new
                {
                    from_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    type = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    to_id = table.Column<Guid>(type: "uuid", nullable: false),
                    started_on = table.Column<DateOnly>(type: "date", nullable: true),
                    ended_on = table.Column<DateOnly>(type: "date", nullable: true),
                    recorded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_relations", x => new { x.from_id, x.id });
                }
            );

            migrationBuilder.CreateTable(
                name: "search_texts",
                schema: "registry",
                columns: table => new
                {
                    registrant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    field = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    position = table.Column<int>(type: "integer", nullable: false),
                    head = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    folded = table.Column<string>(type: "text", nullable: false, collation: "C"),
                },
                constraints: table =>
                {
                    table.PrimaryKey(
                        "PK_search_texts",
                        x => new
                        {
                            x.registrant_id,
                            x.field,
                            x.position,
                        }
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "search_tokens",
                schema: "registry",
                columns: table => new
                {
                    field = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    token = table.Column<byte[]>(type: "bytea", nullable: false),
                    registrant_id = table.Column<Guid>(type: "uuid", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey(
                        "PK_search_tokens",
                        x => new
                        {
                            x.field,
                            x.token,
                            x.registrant_id,
                        }
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "spouses",
                schema: "registry",
                columns: table => new
                {
                    person1_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    person2_id = table.Column<Guid>(type: "uuid", nullable: false),
                    is_swapped = table.Column<bool>(type: "boolean", nullable: false),
                    is_married = table.Column<bool>(type: "boolean", nullable: false),
                    married_on = table.Column<DateOnly>(type: "date", nullable: true),
                    is_separated = table.Column<bool>(type: "boolean", nullable: false),
                    separated_on = table.Column<DateOnly>(type: "date", nullable: true),
                    revision = table.Column<long>(type: "bigint", nullable: false),
                    recorded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_spouses", x => new { x.person1_id, x.id });
                }
            );

            migrationBuilder.InsertData(
                schema: "registry",
                table: "area_tree",
                columns: new[] { "id", "revision" },
                values: new object[] { 1, 0L }
            );

            migrationBuilder.CreateIndex(
                name: "IX_areas_code_key",
                schema: "registry",
                table: "areas",
                column: "code_key",
                unique: true
            );

            migrationBuilder.CreateIndex(
                name: "IX_areas_level_code",
                schema: "registry",
                table: "areas",
                columns: new[] { "level", "code" }
            );

            migrationBuilder.CreateIndex(
                name: "IX_areas_parent_code_code",
                schema: "registry",
                table: "areas",
                columns: new[] { "parent_code", "code" }
            );

            migrationBuilder.CreateIndex(
                name: "IX_areas_path",
                schema: "registry",
                table: "areas",
                column: "path",
                unique: true
            );

            migrationBuilder.CreateIndex(
                name: "ix_number_pool_free",
                schema: "registry",
                table: "number_pool",
                columns: new[] { "type", "slot" },
                filter: "taken_at is null"
            );

            migrationBuilder.CreateIndex(
                name: "IX_parents_guardian_id",
                schema: "registry",
                table: "parents",
                column: "guardian_id"
            );

            migrationBuilder.CreateIndex(
                name: "IX_parents_parent1_id",
                schema: "registry",
                table: "parents",
                column: "parent1_id"
            );

            migrationBuilder.CreateIndex(
                name: "IX_parents_parent2_id",
                schema: "registry",
                table: "parents",
                column: "parent2_id"
            );

            migrationBuilder.CreateIndex(
                name: "IX_relation_types_inverse",
                schema: "registry",
                table: "relation_types",
                column: "inverse",
                unique: true
            );

            migrationBuilder.CreateIndex(
                name: "IX_relations_from_id_to_id_type",
                schema: "registry",
                table: "relations",
                columns: new[] { "from_id", "to_id", "type" },
                unique: true,
                filter: "ended_on is null"
            );

            migrationBuilder.CreateIndex(
                name: "IX_relations_id",
                schema: "registry",
                table: "relations",
                column: "id",
                unique: true
            );

            migrationBuilder.CreateIndex(
                name: "IX_relations_to_id",
                schema: "registry",
                table: "relations",
                column: "to_id"
            );

            migrationBuilder.CreateIndex(
                name: "IX_relations_type",
                schema: "registry",
                table: "relations",
                column: "type"
            );

            migrationBuilder.CreateIndex(
                name: "IX_search_texts_field_head",
                schema: "registry",
                table: "search_texts",
                columns: new[] { "field", "head" }
            );

            migrationBuilder.CreateIndex(
                name: "IX_search_tokens_registrant_id",
                schema: "registry",
                table: "search_tokens",
                column: "registrant_id"
            );

            migrationBuilder.CreateIndex(
                name: "IX_spouses_id",
                schema: "registry",
                table: "spouses",
                column: "id",
                unique: true
            );

            migrationBuilder.CreateIndex(
                name: "IX_spouses_person1_id_person2_id",
                schema: "registry",
                table: "spouses",
                columns: new[] { "person1_id", "person2_id" },
                unique: true,
                filter: "not is_separated"
            );

            migrationBuilder.CreateIndex(
                name: "IX_spouses_person2_id",
                schema: "registry",
                table: "spouses",
                column: "person2_id"
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "area_boundaries", schema: "registry");

            migrationBuilder.DropTable(name: "area_history", schema: "registry");

            migrationBuilder.DropTable(name: "area_levels", schema: "registry");

            migrationBuilder.DropTable(name: "area_tree", schema: "registry");

            migrationBuilder.DropTable(name: "areas", schema: "registry");

            migrationBuilder.DropTable(name: "catalogue_changes", schema: "registry");

            migrationBuilder.DropTable(name: "catalogue_versions", schema: "registry");

            migrationBuilder.DropTable(name: "document_pieces", schema: "registry");

            migrationBuilder.DropTable(name: "documents", schema: "registry");

            migrationBuilder.DropTable(name: "field_drafts", schema: "registry");

            migrationBuilder.DropTable(name: "field_indexes", schema: "registry");

            migrationBuilder.DropTable(name: "number_pool", schema: "registry");

            migrationBuilder.DropTable(name: "parents", schema: "registry");

            migrationBuilder.DropTable(name: "relation_types", schema: "registry");

            migrationBuilder.DropTable(name: "relations", schema: "registry");

            migrationBuilder.DropTable(name: "search_texts", schema: "registry");

            migrationBuilder.DropTable(name: "search_tokens", schema: "registry");

            migrationBuilder.DropTable(name: "spouses", schema: "registry");

            migrationBuilder.DropColumn(name: "merged_into", schema: "registry", table: "registrants");

            migrationBuilder.DropColumn(name: "status_on", schema: "registry", table: "registrants");

            migrationBuilder.DropColumn(name: "end_reason", schema: "registry", table: "memberships");

            migrationBuilder.DropColumn(name: "answer", schema: "registry", table: "idempotency_keys");
        }
    }
}
