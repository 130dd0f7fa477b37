import type { RepositorySource } from './build.ts';

const html = (title: string, text: string): string =>
  `<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>${title}</title>\n</head>\n<body>\n<h1>${title}</h1>\n<p>${text}</p>\n</body>\n</html>\n`;

/** One page behind nginx: built, changed, built again. */
export const linuxTweetApp: RepositorySource = {
  name: 'dockersamples/linux_tweet_app',
  about: 'One page behind nginx',
  branch: 'master',
  steps: [
    {
      message: 'A page behind nginx',
      time: 1_494_000_000,
      files: {
        Dockerfile:
          'FROM nginx:latest\n\nCOPY index.html /usr/share/nginx/html\nCOPY linux.svg /usr/share/nginx/html\n\nEXPOSE 80 443\n\nCMD ["nginx", "-g", "daemon off;"]\n',
        'README.md': '# linux_tweet_app\n\nA page to build an image from.\n',
        'index.html': html('Linux tweet app', 'Served from a container.'),
        'linux.svg': '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><circle cx="5" cy="5" r="4" fill="#fb0"/></svg>\n',
      },
    },
    {
      message: 'A second page to change to',
      time: 1_504_000_000,
      files: {
        'index-new.html': html('Linux tweet app', 'Now with another text and another colour.'),
        'index-original.html': html('Linux tweet app', 'Served from a container.'),
      },
    },
  ],
};

const VOTE = `import os
from http.server import BaseHTTPRequestHandler, HTTPServer

options = (os.getenv('OPTION_A', 'Cats'), os.getenv('OPTION_B', 'Dogs'))


class Vote(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header('Content-Type', 'text/html')
        self.end_headers()
        self.wfile.write(f'<h1>{options[0]} or {options[1]}?</h1>'.encode())


HTTPServer(('', 80), Vote).serve_forever()
`;

/** Several services in one compose file. */
export const exampleVotingApp: RepositorySource = {
  name: 'dockersamples/example-voting-app',
  about: 'Several services that make one application',
  branch: 'main',
  steps: [
    {
      message: 'Vote, result, queue and database',
      time: 1_600_000_000,
      files: {
        'README.md':
          '# Voting app\n\n    docker compose up -d\n\nThe vote is on http://localhost:8080, the result on http://localhost:8081.\n',
        'docker-compose.yml': `services:
  vote:
    build: ./vote
    depends_on:
      - redis
    ports:
      - "8080:80"
    networks:
      - front-tier
      - back-tier

  result:
    build: ./result
    depends_on:
      - db
    ports:
      - "8081:80"
    networks:
      - front-tier
      - back-tier

  redis:
    image: redis:alpine
    networks:
      - back-tier

  db:
    image: postgres:15-alpine
    environment:
      POSTGRES_USER: postgres
      POSTGRES_PASSWORD: postgres
    volumes:
      - db-data:/var/lib/postgresql/data
    networks:
      - back-tier

volumes:
  db-data:

networks:
  front-tier:
  back-tier:
`,
        'vote/Dockerfile': 'FROM python:3.11-slim\nWORKDIR /usr/local/app\nCOPY . .\nEXPOSE 80\nCMD ["python", "app.py"]\n',
        'vote/app.py': VOTE,
        'result/Dockerfile': 'FROM nginx:alpine\nCOPY index.html /usr/share/nginx/html/index.html\n',
        'result/index.html': html('Result', 'Cats 50 %, dogs 50 %.'),
      },
    },
  ],
};

/** A flask application in a folder of its own, beside a static page. */
export const dockerCurriculum: RepositorySource = {
  name: 'prakhar1989/docker-curriculum',
  about: 'A small web application to containerise',
  branch: 'master',
  steps: [
    {
      message: 'A web application that shows a cat',
      time: 1_440_000_000,
      files: {
        'README.md': '# Curriculum\n\nThe application is in flask-app.\n',
        'flask-app/Dockerfile':
          'FROM python:3.8\n\n# folder of the application\nWORKDIR /usr/src/app\n\nCOPY . .\n\nRUN pip install --no-cache-dir -r requirements.txt\n\nEXPOSE 5000\n\nCMD ["python", "./app.py"]\n',
        'flask-app/requirements.txt': 'Flask==2.0.2\n',
        'flask-app/app.py':
          "import os\nimport random\n\nfrom flask import Flask, render_template\n\napp = Flask(__name__)\ncats = ['tabby', 'calico', 'siamese']\n\n\n@app.route('/')\ndef index():\n    return render_template('index.html', cat=random.choice(cats))\n\n\nif __name__ == '__main__':\n    app.run(host='0.0.0.0', port=int(os.environ.get('PORT', 5000)))\n",
        'flask-app/templates/index.html': html('Cat of the day', '{{ cat }}'),
        'static-site/Dockerfile': 'FROM nginx\nCOPY index.html /usr/share/nginx/html/index.html\n',
        'static-site/index.html': html('Static site', 'Hello from a container.'),
      },
    },
  ],
};
