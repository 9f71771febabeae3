using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace SocialRegistry.Exchange.Persistence.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class CreateExchange : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(name: "exchange");

            migrationBuilder.CreateTable(
                name: "job_parts",
                schema: "exchange",
                columns: table => new
                {
                    JobId = table.Column<Guid>(type: "uuid", nullable: false),
                    Kind = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    Sequence = table.Column<int>(type: "integer", nullable: false),
                    Content = table.Column<byte[]>(type: "bytea", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey(
                        "PK_job_parts",
                        x => new
                        {
                            x.JobId,
                            x.Kind,
                            x.Sequence,
                        }
                    );
                }
            );

            migrationBuilder.CreateTable(
                name: "jobs",
                schema: "exchange",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    State = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    CreatedByKind = table.Column<int>(type: "integer", nullable: false),
                    CreatedBy = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    Purpose = table.Column<string>(type: "text", nullable: true),
                    RegistrantKind = table.Column<string>(
                        type: "character varying(20)",
                        maxLength: 20,
                        nullable: false
                    ),
                    Mapping = table.Column<string>(type: "text", nullable: false),
                    Header = table.Column<string>(type: "text", nullable: false),
                    DryRun = table.Column<bool>(type: "boolean", nullable: false),
                    KeyHead = table.Column<byte[]>(type: "bytea", nullable: false),
                    KeyWrap = table.Column<byte[]>(type: "bytea", nullable: true),
                    UploadBytes = table.Column<long>(type: "bigint", nullable: false),
                    DoneBytes = table.Column<long>(type: "bigint", nullable: false),
                    Rows = table.Column<long>(type: "bigint", nullable: false),
                    Created = table.Column<long>(type: "bigint", nullable: false),
                    Updated = table.Column<long>(type: "bigint", nullable: false),
                    Unchanged = table.Column<long>(type: "bigint", nullable: false),
                    Parked = table.Column<long>(type: "bigint", nullable: false),
                    FailureCode = table.Column<string>(type: "text", nullable: true),
                    FailureDetail = table.Column<string>(type: "text", nullable: true),
                    CreatedAt = table.Column<long>(type: "bigint", nullable: false),
                    EndedAt = table.Column<long>(type: "bigint", nullable: true),
                    LeasedUntil = table.Column<long>(type: "bigint", nullable: true),
                    LeasedBy = table.Column<Guid>(type: "uuid", nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_jobs", x => x.Id);
                }
            );

            migrationBuilder.CreateIndex(
                name: "IX_jobs_State_LeasedUntil",
                schema: "exchange",
                table: "jobs",
                columns: new[] { "State", "LeasedUntil" }
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "job_parts", schema: "exchange");

            migrationBuilder.DropTable(name: "jobs", schema: "exchange");
        }
    }
}
